import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Migration, MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { t } from '../../messages/index.ts';
import { IssueList } from './IssueList.tsx';
import { doneText } from './PreviewList.tsx';
import { saveReport } from './report-file.ts';
import { ReportDetails, ReportFacts } from './ReportFacts.tsx';
import { useMigrations } from './useMigration.ts';
import classes from './migration.module.css';

/** What a run came to. */
export type Migrated =
  | { readonly kind: 'migrated'; readonly migration: string; readonly report: MigrationReport }
  | { readonly kind: 'unchanged'; readonly report: MigrationReport };

/** The report of a run, which can be saved, and the way to undo it. */
export function Outcome({
  outcome,
  onAnother,
  onUndo,
}: {
  readonly outcome: Migrated;
  readonly onAnother: () => void;
  readonly onUndo: (migration: Migration) => void;
}): React.JSX.Element {
  const { report } = outcome;
  const made = useMigrations().data?.items.find(({ migration }) => outcome.kind === 'migrated' && migration === outcome.migration);
  return (
    <div className={classes['body']}>
      <div className={classes['done']} role="status">
        <IconCircleCheck size={22} stroke={1.6} aria-hidden />
        <div>
          <strong>{outcome.kind === 'migrated' ? doneText(report) : t('migration.unchanged')}</strong>
          {outcome.kind === 'migrated' && <p>{t('migration.doneText')}</p>}
        </div>
      </div>
      <ReportFacts report={report} />
      <ReportDetails report={report} />
      <IssueList report={report} />
      <footer className={classes['foot']}>
        {made !== undefined && (
          <Button variant="subtle" color="red" onClick={() => onUndo(made)}>
            {t('migration.undo')}
          </Button>
        )}
        <span className={classes['space']} />
        <Button variant="default" onClick={onAnother}>
          {t('migration.another')}
        </Button>
        <Button data-autofocus onClick={() => saveReport(report)}>
          {t('migration.report')}
        </Button>
      </footer>
    </div>
  );
}
