import { Alert, Button, Group, Loader, Progress, Text } from '@mantine/core';
import type { Job } from '../../../shared/contract/app/program.ts';
import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { IssueList } from './IssueList.tsx';
import type { MasterType } from './opened.ts';
import type { Migrated } from './Outcome.tsx';
import { ReportDetails, ReportFacts } from './ReportFacts.tsx';
import { useMigration, useReadOnlyReason, type PickedList } from './useMigration.ts';
import classes from './migration.module.css';

/** What a picked list would do, the button that does it, and how far it is. */
export function PreviewList({
  type,
  list,
  onAnother,
  onDone,
}: {
  readonly type: MasterType;
  readonly list: PickedList;
  readonly onAnother: () => void;
  readonly onDone: (outcome: Migrated) => void;
}): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const readOnly = useReadOnlyReason();
  const { preview, run, job, stop } = useMigration({ type, list, branch });
  const report = preview.data;
  if (preview.error)
    return (
      <Alert color="red" title={list.name} className={classes['alert'] ?? ''}>
        <Text size="sm">{problemOf(preview.error).message}</Text>
        <Button mt="sm" variant="default" size="compact-md" onClick={onAnother}>
          {t('migration.chooseAnother')}
        </Button>
      </Alert>
    );
  if (report === undefined)
    return (
      <Group gap="xs" p="lg">
        <Loader size="xs" />
        <Text>{t('migration.reading', { file: list.name })}</Text>
      </Group>
    );
  const makes = report.masters.created + report.links.created;
  const reason = readOnly ?? (makes === 0 ? t('migration.nothing') : null);
  const start = (): void =>
    run.mutate(undefined, {
      onSuccess: (outcome) => {
        announce(outcome.kind === 'unchanged' ? t('migration.unchanged') : doneText(outcome.report));
        onDone(outcome);
      },
    });
  return (
    <div className={classes['body']} aria-busy={run.isPending}>
      <p className={classes['file']}>
        <strong>{t('migration.into', { file: report.file, branch })}</strong>
        <span>
          {report.sheet !== null && t('migration.sheet', { sheet: report.sheet })}
          {counted('migration.rows', report.rows)}
        </span>
      </p>
      <ReportFacts report={report} />
      <ReportDetails report={report} />
      <IssueList report={report} />
      <footer className={classes['foot']}>
        {run.isPending ? (
          <Running job={job} onStop={stop} />
        ) : (
          <>
            <output id="migration-reason" className={classes['reason']} data-refused={run.error !== null || undefined}>
              {run.error ? refusalText(run.error) : (reason ?? '')}
            </output>
            <Button variant="default" onClick={onAnother}>
              {t('migration.chooseAnother')}
            </Button>
            <Button data-autofocus disabled={reason !== null} aria-describedby="migration-reason" onClick={start}>
              {makes === 0 ? t('migration.runNothing') : t('migration.run', countsOf(report))}
            </Button>
          </>
        )}
      </footer>
    </div>
  );
}

function Running({ job, onStop }: { readonly job: Job | null; readonly onStop: () => void }): React.JSX.Element {
  const percent = job === null || job.total === 0 ? 0 : Math.round((100 * job.done) / job.total);
  // The last part is one write, which is done whole or not at all.
  const isWriting = percent >= 60;
  return (
    <>
      <div className={classes['running']}>
        <Progress value={percent} animated aria-label={t('migration.running')} />
        <output>{isWriting ? t('migration.writing') : t('migration.checking')}</output>
      </div>
      <Button
        variant="default"
        onClick={onStop}
        disabled={job === null || isWriting}
        title={isWriting ? t('migration.tooLate') : undefined}
      >
        {t('migration.stop')}
      </Button>
    </>
  );
}

function refusalText(error: unknown): string {
  const { code, message } = problemOf(error);
  return code === 'CANCELLED' ? t('migration.stopped') : message;
}

/** What was or will be made, as the words of a button or a sentence. */
function countsOf({ type, masters, links }: Pick<MigrationReport, 'type' | 'masters' | 'links'>): {
  records: string;
  links: string;
} {
  return {
    records: counted(type === 'patient' ? 'migration.records_patient' : 'migration.records_clinic', masters.created),
    links: counted('migration.links', links.created),
  };
}

/** What a run came to, as a sentence. */
export function doneText(report: MigrationReport): string {
  return t('migration.done', countsOf(report));
}
