import { Alert, Button, Group, Loader, Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ImportPreview } from '../../../shared/contract/app/exchange.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { dateRangeText, numberText } from '../../ui/format.ts';
import { CodeDecisions } from './CodeDecisions.tsx';
import { PreviewChanges } from './PreviewChanges.tsx';
import type { PickedFile } from '../../ui/use-file-pick.tsx';
import { useImport } from './useImport.ts';
import classes from './ImportReview.module.css';

/** What a picked file holds, what it leaves open, what importing it would change, and the button that does it. */
export function ImportReview({
  file,
  branch,
  onAnother,
}: {
  readonly file: PickedFile;
  readonly branch: string;
  readonly onAnother: () => void;
}): React.JSX.Element {
  const { call } = useEngine();
  const past = usePosition((state) => state.moment.kind === 'commit');
  const { preview, decide, run } = useImport(file, branch);
  const data = preview.data;

  const finish = (): void => {
    run.mutate(undefined, {
      onSuccess: (outcome) => {
        if (outcome.kind === 'stale') {
          void preview.refetch();
          return;
        }
        if (outcome.kind === 'unchanged') return;
        const said = t('importRota.done', {
          people: t('importRota.people', { count: outcome.people }),
          halfDays: t('importRota.halfDays', { count: outcome.halfDays }),
        });
        announce(said);
        const id = notifications.show({
          autoClose: 12_000,
          message: (
            <Group justify="space-between" wrap="nowrap">
              <span>{said}</span>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id);
                  call.changes.undo({ branch }).then(
                    () => notifications.show({ message: t('importRota.undone') }),
                    (error: unknown) => notifications.show({ color: 'red', message: problemOf(error).message }),
                  );
                }}
              >
                {t('importRota.undo')}
              </Button>
            </Group>
          ),
        });
        position.getState().go({ place: { screen: 'roster' }, days: { from: outcome.from, span: 'block' } });
      },
    });
  };

  if (preview.error)
    return (
      <Alert color="red" title={file.name} maw={720}>
        <Text size="sm">{problemOf(preview.error).message}</Text>
        <Button mt="sm" variant="default" size="compact-md" onClick={onAnother}>
          {t('importRota.chooseAnother')}
        </Button>
      </Alert>
    );
  if (!data)
    return (
      <Group gap="xs">
        <Loader size="xs" />
        <Text>{t('importRota.reading', { file: file.name })}</Text>
      </Group>
    );
  const effective = data.totals.added + data.totals.changed + data.totals.removed;
  const reason = past
    ? t('importRota.blockedPast')
    : data.questions.length > 0
      ? t('importRota.blocked', { count: data.questions.length })
      : effective === 0
        ? t('importRota.nothing', { branch })
        : null;
  return (
    <div className={classes['review']} aria-busy={preview.isFetching}>
      <div className={classes['bar']}>
        <div>
          <strong>{data.file}</strong>
          <div className={classes['facts']}>
            {t('importRota.facts', {
              people: t('importRota.people', { count: data.people.length }),
              halfDays: t('importRota.halfDays', { count: data.people.reduce((sum, person) => sum + person.halfDays, 0) }),
              days: dateRangeText(data.from, data.to),
            })}
          </div>
        </div>
        {data.sheets.length > 1 && (
          <Select
            size="xs"
            label={t('importRota.sheet')}
            data={[...data.sheets]}
            value={data.sheet}
            allowDeselect={false}
            onChange={(sheet) => sheet !== null && decide({ sheet })}
          />
        )}
        <Group gap="xs" ml="auto">
          <Button variant="default" onClick={onAnother}>
            {t('importRota.chooseAnother')}
          </Button>
          <Button onClick={finish} loading={run.isPending} disabled={reason !== null} aria-describedby="import-blocked">
            {effective > 0 ? t('importRota.actionCount', { count: effective }) : t('importRota.action')}
          </Button>
        </Group>
      </div>
      <output id="import-blocked" className={classes['reason']}>
        {run.error ? problemOf(run.error).message : run.data?.kind === 'stale' ? t('importRota.stale', { branch }) : (reason ?? '')}
      </output>
      {data.years.stated !== data.years.suggested && <YearQuestion years={data.years} onChoose={(year) => decide({ year })} />}
      <CodeDecisions codes={data.codes} onDecide={decide} />
      <Issues issues={data.issues} />
      <PreviewChanges preview={data} branch={branch} totals={numberText(data.unchanged)} />
    </div>
  );
}

function YearQuestion({
  years,
  onChoose,
}: {
  readonly years: ImportPreview['years'];
  readonly onChoose: (year: 'keep' | 'correct') => void;
}): React.JSX.Element {
  return (
    <Alert color="yellow" title={t('importRota.yearTitle')} className={classes['section'] ?? ''}>
      <Text size="sm" mb="xs">
        {t('importRota.yearText', { stated: years.stated, suggested: years.suggested })}
      </Text>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant={years.used === years.suggested ? 'filled' : 'default'}
          aria-pressed={years.used === years.suggested}
          onClick={() => onChoose('correct')}
        >
          {t('importRota.yearCorrect', { year: years.suggested })}
        </Button>
        <Button
          size="compact-sm"
          variant={years.used === years.stated ? 'filled' : 'default'}
          aria-pressed={years.used === years.stated}
          onClick={() => onChoose('keep')}
        >
          {t('importRota.yearKeep', { year: years.stated })}
        </Button>
      </Group>
    </Alert>
  );
}

const severityText = { error: t('importRota.severityError'), warning: t('importRota.severityWarning'), info: t('importRota.severityInfo') };

function Issues({ issues }: { readonly issues: ImportPreview['issues'] }): React.JSX.Element | null {
  const shown = issues.filter((issue) => issue.kind !== 'unknown-code' && issue.kind !== 'year');
  return (
    <section className={classes['section']} aria-label={t('importRota.issuesTitle')}>
      <h2>{t('importRota.issuesTitle')}</h2>
      {shown.length === 0 ? (
        <p className={classes['quiet']}>{t('importRota.noIssues')}</p>
      ) : (
        <ul className={classes['issues']}>
          {shown.map((issue) => (
            <li key={`${issue.kind} ${issue.where}`} data-severity={issue.severity}>
              <span className={classes['severity']}>{severityText[issue.severity]}</span>
              <span className={classes['where']}>{issue.where}</span>
              <span>{issue.text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
