import { Button, Checkbox, Group, Progress, Radio, SegmentedControl, Text, TextInput, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { ExportPreview, ExportWhat } from '../../../shared/contract/app/exchange.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { rangeOfDays } from '../../position/days.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { dateRangeText } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { canListChanges, daysChoicesOf, rangeOf, requestOf, type ExportChoices } from './export-choices.ts';
import { PeopleChoice } from './PeopleChoice.tsx';
import { Summary } from './Summary.tsx';
import { useExport } from './useExport.ts';
import classes from './ExportForm.module.css';

const whats: readonly ExportWhat[] = ['roster', 'people', 'absences', 'rotations', 'clinics', 'patients'];
const dayLabels = {
  view: 'exportFile.daysView',
  block: 'exportFile.daysBlock',
  year: 'exportFile.daysYear',
  other: 'exportFile.daysOther',
  all: 'exportFile.daysAll',
} as const;

const start: ExportChoices = {
  what: 'roster',
  format: 'xlsx',
  days: 'view',
  from: '',
  to: '',
  people: null,
  since: null,
  personal: false,
  reason: '',
};

/** Chooses what goes into a file, says what will be in it, and makes it. */
export function ExportForm({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const days = usePosition((state) => state.days);
  const place = usePosition((state) => state.place.screen);
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const view = rangeOfDays(days ?? { from: today, span: 'block' });
  const [choices, setChoices] = useState<ExportChoices>(() => ({
    ...start,
    ...(place === 'clinics' || place === 'patients' ? { what: place } : {}),
    ...view,
  }));
  const choose = (more: Partial<ExportChoices>): void => setChoices((before) => ({ ...before, ...more }));
  const request = requestOf(choices, { branch, moment, view });
  const { preview, run, job, stop } = useExport(request);
  const needsReason = choices.personal && choices.reason.trim() === '';
  const dayChoices = daysChoicesOf(choices.what);
  const range = rangeOf(choices, view);

  const finish = (): void => {
    if (request === null || needsReason) return;
    run.mutate(request, {
      onSuccess: (file) => {
        const { name, mediaType, base64 } = file;
        saveFile({ name, mediaType, content: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });
        const said = t('exportFile.done', { name });
        notifications.show({ autoClose: 10_000, message: said });
        announce(said);
        onClose();
      },
    });
  };
  const error = run.error ?? preview.error;
  const isStopped = error !== null && problemOf(error).code === 'CANCELLED';
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <Field label={t('exportFile.what')}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('exportFile.what')}
          value={choices.what}
          data={whats.map((value) => ({ value, label: t(`exportFile.${value}`) }))}
          onChange={(value) => {
            const what = whats.find((known) => known === value) ?? 'roster';
            choose({ what, days: daysChoicesOf(what)[0] ?? 'all', personal: false });
          }}
        />
      </Field>
      {dayChoices.length > 0 && (
        <Field label={t('exportFile.days')}>
          <SegmentedControl
            size="xs"
            aria-label={t('exportFile.days')}
            value={choices.days}
            data={dayChoices.map((value) => ({ value, label: t(dayLabels[value]) }))}
            onChange={(value) => choose({ days: dayChoices.find((known) => known === value) ?? 'view', ...toDays(range) })}
          />
          {choices.days === 'other' ? (
            <Group gap="xs">
              <TextInput
                type="date"
                size="xs"
                aria-label={t('exportFile.from')}
                value={choices.from}
                onChange={(event) => choose({ from: event.currentTarget.value })}
              />
              –
              <TextInput
                type="date"
                size="xs"
                aria-label={t('exportFile.to')}
                value={choices.to}
                onChange={(event) => choose({ to: event.currentTarget.value })}
              />
            </Group>
          ) : (
            range.from !== undefined &&
            range.to !== undefined && <span className={classes['days']}>{dateRangeText(range.from, range.to)}</span>
          )}
        </Field>
      )}
      {dayChoices.length > 0 && (
        <Field label={t('exportFile.who')}>
          <PeopleChoice branch={branch} moment={moment} chosen={choices.people} onChoose={(people) => choose({ people })} />
        </Field>
      )}
      <Field label={t('exportFile.format')}>
        <Radio.Group
          className={classes['formats']}
          aria-label={t('exportFile.format')}
          value={choices.format}
          onChange={(value) => choose({ format: value === 'csv' ? 'csv' : 'xlsx' })}
        >
          {(['xlsx', 'csv'] as const).map((format) => (
            <Radio.Card key={format} value={format} className={classes['format']} aria-label={t(`exportFile.${format}`)}>
              <Group wrap="nowrap" align="flex-start" gap="xs">
                <Radio.Indicator size="xs" mt={2} />
                <div>
                  <div className={classes['formatName']}>{t(`exportFile.${format}`)}</div>
                  <div className={classes['formatText']}>{t(`exportFile.${format}Text`)}</div>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </Radio.Group>
      </Field>
      {canListChanges(choices) && (
        <Field label="">
          <Checkbox
            size="xs"
            label={t('exportFile.since')}
            checked={choices.since !== null}
            onChange={(event) => choose({ since: event.currentTarget.checked ? weekAgo() : null })}
          />
          {choices.since !== null && (
            <TextInput
              type="date"
              size="xs"
              aria-label={t('exportFile.sinceDay')}
              value={choices.since}
              onChange={(event) => choose({ since: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <Privacy preview={preview.data} choices={choices} onChoose={choose} />
      <div className={classes['foot']}>
        <section className={classes['summary']} aria-label={t('exportFile.summary')} aria-busy={preview.isFetching}>
          {request === null ? <p>{t('exportFile.incomplete')}</p> : <Summary preview={preview.data} moment={moment} />}
        </section>
        {error && (
          <Text size="sm" c={isStopped ? 'dimmed' : 'red'} role="alert">
            {isStopped ? t('exportFile.stopped') : problemOf(error).message}
          </Text>
        )}
        {run.isPending && (
          <Progress.Root size={6}>
            <Progress.Section
              value={job === null || job.total === 0 ? 0 : (100 * job.done) / job.total}
              aria-label={t('exportFile.working')}
            />
          </Progress.Root>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={run.isPending ? stop : onClose}>
            {run.isPending ? t('exportFile.stop') : t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={run.isPending}
            disabled={request === null || needsReason || !preview.data || preview.isError}
            title={needsReason ? t('exportFile.reasonNeeded') : undefined}
            data-autofocus
          >
            {t('exportFile.action')}
          </Button>
        </Group>
      </div>
    </form>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div className={classes['field']}>
      <span className={classes['label']}>{label}</span>
      <div className={classes['control']}>{children}</div>
    </div>
  );
}

/** Personal fields, where the file could have any: named, left out, and in it only for a reason. */
function Privacy({
  preview,
  choices,
  onChoose,
}: {
  readonly preview: ExportPreview | undefined;
  readonly choices: ExportChoices;
  readonly onChoose: (more: Partial<ExportChoices>) => void;
}): React.JSX.Element | null {
  const personal = [...(preview?.withheld ?? []), ...(preview?.fields ?? []).filter((field) => field.personal)];
  if (preview?.what !== choices.what || personal.length === 0) return null;
  return (
    <Field label="">
      <div className={classes['privacy']}>
        <Checkbox
          size="xs"
          label={t('exportFile.personal')}
          description={t('exportFile.personalText', { fields: personal.map(({ label }) => label).join(', ') })}
          checked={choices.personal}
          onChange={(event) => onChoose({ personal: event.currentTarget.checked })}
        />
        {choices.personal && (
          <Textarea
            mt="xs"
            size="xs"
            label={t('exportFile.reason')}
            placeholder={t('exportFile.reasonPlaceholder')}
            value={choices.reason}
            maxLength={500}
            autosize
            minRows={1}
            required
            onChange={(event) => onChoose({ reason: event.currentTarget.value })}
          />
        )}
      </div>
    </Field>
  );
}

function weekAgo(): string {
  return new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
}

function toDays({ from, to }: { readonly from?: string; readonly to?: string }): Partial<ExportChoices> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
