import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useProgramActions } from './actions.ts';
import { NameDialog } from './NameDialog.tsx';

/** Starts an empty programme of one's own, or one that begins with a workbook. */
export function StartOwn({
  importing = false,
  onClose,
}: {
  readonly importing?: boolean;
  readonly onClose: () => void;
}): React.JSX.Element {
  const { create } = useProgramActions();
  const start = (name: string, thenImport: boolean): void =>
    create.mutate(name, {
      onSuccess: () => {
        position.getState().reset();
        if (thenImport) position.getState().go({ place: { screen: 'import' } });
        onClose();
      },
    });
  return (
    <NameDialog
      title={importing ? t('programs.importWorkbook') : t('programs.createTitle')}
      text={importing ? t('programs.importWorkbookText') : t('programs.startOwnText')}
      action={importing ? t('programs.startAndImport') : t('programs.create')}
      placeholder={t('programs.newNamePlaceholder')}
      busy={create.isPending}
      {...(importing ? {} : { other: { label: t('programs.startAndImport'), run: (name: string) => start(name, true) } })}
      onDone={(name) => start(name, importing)}
      onClose={onClose}
    />
  );
}
