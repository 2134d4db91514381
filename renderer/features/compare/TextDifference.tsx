import { useComputedColorScheme } from '@mantine/core';
import ReactDiffViewer, { DiffMethod } from 'react-diff-viewer-continued';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { Fields } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { maskFields } from '../../../shared/roster/mask-identifier.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import classes from './CompareScreen.module.css';

/** One difference as text, line by line: for long notes and for people who want the raw record. */
export function TextDifference({
  item,
  a,
  b,
}: {
  readonly item: EntityChange | null;
  readonly a: string;
  readonly b: string;
}): React.JSX.Element {
  const dark = useComputedColorScheme('light') === 'dark';
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return (
    <section className={classes['text']} aria-label={t('compare.textOf')}>
      <p className={classes['quiet']}>{t('compare.textExplain')}</p>
      {item !== null && (
        <>
          <h2>{datesInWords(item.title)}</h2>
          <ReactDiffViewer
            oldValue={recordText(item.type, item.fromFields)}
            newValue={recordText(item.type, item.toFields)}
            leftTitle={a}
            rightTitle={b}
            splitView
            compareMethod={DiffMethod.WORDS}
            useDarkTheme={dark}
            nonce={nonce}
            disableWorker
            styles={{
              diffContainer: { minWidth: '0', fontSize: '12px', pre: { fontFamily: 'var(--rl-mono)' } },
              titleBlock: { height: 'auto', lineHeight: '1.4', padding: '6px 10px', fontWeight: 600, fontFamily: 'var(--rl-font)' },
            }}
            hideSummary
            // A record is short, and a folded stretch is a button within a button, which a screen reader cannot tell apart.
            showDiffOnly={false}
          />
        </>
      )}
    </section>
  );
}

/** A record with one field a line, keys in order, long texts on lines of their own; digits that identify a patient are masked. */
function recordText(type: string, whole: Fields | null): string {
  if (whole === null) return '';
  const definition = findEntityType(type);
  const fields = definition === undefined ? whole : maskFields(definition, whole);
  return Object.keys(fields)
    .sort()
    .map((key) => {
      const value = fields[key];
      return typeof value === 'string' ? `${key}: ${value}` : `${key}: ${JSON.stringify(value, null, 2)}`;
    })
    .join('\n');
}
