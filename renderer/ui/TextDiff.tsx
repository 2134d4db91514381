import { useComputedColorScheme } from '@mantine/core';
import ReactDiffViewer, { DiffMethod } from 'react-diff-viewer-continued';

/** Two texts as one, with the words that went and the words that came. For long texts; short ones are read faster beside each other. */
export function TextDiff({ before, after }: { readonly before: string; readonly after: string }): React.JSX.Element {
  const dark = useComputedColorScheme('light') === 'dark';
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return (
    <ReactDiffViewer
      oldValue={before}
      newValue={after}
      splitView={false}
      compareMethod={DiffMethod.WORDS}
      useDarkTheme={dark}
      nonce={nonce}
      disableWorker
      hideLineNumbers
      hideSummary
      // A folded stretch is a button within a button, which a screen reader cannot tell apart.
      showDiffOnly={false}
      styles={{
        diffContainer: { minWidth: '0', fontSize: '12px', pre: { fontFamily: 'var(--rl-font)', whiteSpace: 'pre-wrap' } },
        contentText: { wordBreak: 'normal', overflowWrap: 'anywhere', lineBreak: 'auto' },
      }}
    />
  );
}
