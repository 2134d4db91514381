import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { useCommands, type Command } from '../../ui/commands.ts';
import { chordText } from '../../ui/keys.ts';
import { changedMeanwhile, drafts, useDraft } from './drafts.ts';
import { FieldRow } from './FieldRow.tsx';
import { formFields, type RecordKind } from './record-type.ts';
import { useOffersOf } from './useOffers.ts';
import { useReadOnlyReason } from './useReadOnlyReason.ts';
import { useSaving } from './useSaving.ts';
import style from './record.module.css';

/** Every field of a record with where its value comes from. What is typed becomes one's own version when it is saved; nobody else sees it. */
export function RecordForm({
  kind,
  seen,
  record,
}: {
  readonly kind: RecordKind;
  readonly seen: SeenRecord;
  /** Names the form among all that hold something typed. */
  readonly record: string;
}): React.JSX.Element {
  const draft = useDraft(record);
  const reason = useReadOnlyReason();
  const offers = useOffersOf(kind.type, seen.id);
  const { save, clear } = useSaving({ kind, seen, onSaved: () => drafts.getState().drop(record) });
  const typed = draft?.typed ?? {};
  const count = Object.keys(typed).length;
  const stale = draft !== undefined && count > 0 && draft.base !== seen.version;
  const meanwhile = draft ? changedMeanwhile(draft, seen) : [];
  const refused = save.error ? problemOf(save.error) : null;
  const problems = new Map(refused?.data.fields?.map(({ field, problem }) => [field, problem]) ?? []);
  const owned = formFields(kind).some((field) => seen.origins[field] === 'own') && seen.source === 'own';
  const busy = save.isPending || clear.isPending;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refused === null) return;
    announce(problems.size > 0 ? t('records.problems', { count: problems.size }) : refused.message);
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    // Once per refusal.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [save.error]);

  const submit = (status: 'draft' | 'active'): void => {
    if (reason !== null || busy) return;
    if (count === 0) return announce(t('records.nothingTyped'));
    // What was saved elsewhere is on screen by now: saving stands over it.
    save.mutate({ fields: typed, summary: draft?.summary ?? '', status, expectedVersion: seen.version });
  };
  const blocked = reason ?? (count === 0 ? t('records.nothingTyped') : null);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'records.save',
          title: t('records.save'),
          section: 'edit',
          keys: ['Mod+S'],
          disabledReason: blocked,
          run: () => form.current?.requestSubmit(),
        },
      ],
      [blocked],
    ),
  );

  return (
    <form
      ref={form}
      className={style.form}
      noValidate
      aria-label={t('records.form', { title: seen.title })}
      onSubmit={(event) => {
        event.preventDefault();
        submit('active');
      }}
    >
      {reason === null ? (
        <div className={style.saveBar}>
          <TextInput
            className={style.summary}
            aria-label={t('records.summary')}
            placeholder={t('records.summaryHint')}
            maxLength={500}
            value={draft?.summary ?? ''}
            onChange={(event) => drafts.getState().explain(record, seen, event.currentTarget.value)}
          />
          {owned && count === 0 && (
            <Button variant="subtle" loading={clear.isPending} onClick={() => clear.mutate(null)}>
              {t('records.backToSharedAll')}
            </Button>
          )}
          {count > 0 && (
            <>
              <span className={style.unsaved}>{t('records.unsaved', { count })}</span>
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  save.reset();
                  drafts.getState().drop(record);
                }}
              >
                {t('records.discard')}
              </Button>
            </>
          )}
          <Button
            variant="default"
            aria-disabled={count === 0}
            {...(count === 0 && { 'data-disabled': true })}
            onClick={() => submit('draft')}
          >
            {t('records.saveDraft')}
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            aria-disabled={count === 0}
            {...(count === 0 && { 'data-disabled': true })}
            title={blocked ?? chordText('Mod+S')}
            aria-keyshortcuts="Control+S"
          >
            {stale ? t('records.saveOver') : t('records.save')}
          </Button>
        </div>
      ) : (
        <p className={style.readOnly}>{reason}</p>
      )}
      {stale && (
        <div className={style.stale} role="alert">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          <span>
            <strong>{t('records.stale')}</strong> {t('records.staleText')}
          </span>
        </div>
      )}
      {refused && problems.size === 0 && (
        <p className={style.problem} role="alert">
          {refused.message}
        </p>
      )}
      <div className={style.fields}>
        {formFields(kind).map((field) => (
          <FieldRow
            key={field}
            kind={kind}
            field={field}
            seen={seen}
            typed={Object.hasOwn(typed, field) ? { value: typed[field] ?? null } : null}
            meanwhile={meanwhile.includes(field)}
            problem={problems.get(field) ?? null}
            offers={offers}
            readOnly={reason}
            busy={busy}
            onType={(value) => {
              save.reset();
              drafts.getState().type(record, seen, field, value);
            }}
            onTake={() => drafts.getState().dropField(record, field)}
            onClear={() => {
              drafts.getState().dropField(record, field);
              if (seen.origins[field] === 'own') clear.mutate([field]);
            }}
          />
        ))}
      </div>
    </form>
  );
}
