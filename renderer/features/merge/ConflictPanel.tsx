import { Button, Radio, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Conflict, MergeSession, Resolution } from '../../../shared/contract/app/merges.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { datesInWords, shortInstantText } from '../../ui/format.ts';
import { BothHistories } from './BothHistories.tsx';
import { Key } from './Key.tsx';
import { OtherValue } from './OtherValue.tsx';
import { RecordEditor } from './RecordEditor.tsx';
import { SideCard } from './SideCard.tsx';
import { StandsDiff } from './StandsDiff.tsx';
import { choiceText, originText, outcomeText, useText, valueText } from './merge-words.ts';
import { asFields, scopesOf, type DecisionScope, type StandsByRecord } from './merge-places.ts';
import style from './conflict.module.css';

/** What the keys of the resolver do with the conflict on screen. */
export interface ConflictHandle {
  choose(kind: 'target' | 'source' | 'base' | 'delete'): void;
  /** Puts the focus where an own value is typed. */
  edit(): void;
}

/** One conflict: what was there, what each side made of it and why, and every way to decide it, for this one or for many. */
export function ConflictPanel({
  conflict,
  session,
  stands,
  at,
  personName,
  onDecide,
  onTakeBack,
  onLater,
  handle,
}: {
  readonly conflict: Conflict;
  readonly session: MergeSession;
  readonly stands: StandsByRecord;
  /** Its place among all conflicts, from 1. */
  readonly at: number;
  readonly personName: (conflict: Conflict) => string | null;
  readonly onDecide: (conflicts: readonly Conflict[], resolution: Resolution, reason: string) => void;
  readonly onTakeBack: (conflict: Conflict) => void;
  readonly onLater: () => void;
  readonly handle: React.Ref<ConflictHandle>;
}): React.JSX.Element {
  const [reason, setReason] = useState('');
  const [scopeKind, setScopeKind] = useState<DecisionScope['kind']>('one');
  const [editing, setEditing] = useState(false);
  const other = useRef<HTMLDivElement>(null);
  const scopes = scopesOf(conflict, session, stands);
  const scope = scopes.find(({ kind }) => kind === scopeKind) ?? scopes[0];
  const many = scope !== undefined && scope.conflicts.length > 1;
  const { decision, remembered } = conflict;
  const record = conflict.field === null;

  // A conflict that comes up starts with nothing chosen for many and no reason.
  const [of, setOf] = useState(conflict.id);
  if (of !== conflict.id) {
    setOf(conflict.id);
    setReason('');
    setScopeKind('one');
    setEditing(false);
  }

  const decide = (resolution: Resolution): void => onDecide(scope?.conflicts ?? [conflict], resolution, reason.trim());
  const offers = (kind: Resolution['kind']): boolean => conflict.offered.includes(kind);
  const edit = (): void => {
    if (record) setEditing(true);
    else other.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  };
  useImperativeHandle(handle, () => ({
    choose: (kind) => {
      if (offers(kind)) decide({ kind });
    },
    edit,
  }));

  const chosenKind = decision?.resolution.kind ?? null;
  const useLabel = (branch: string, story: Conflict['sourceStory']): string =>
    many && scope ? t('merge.useMany', { branch, count: scope.conflicts.length }) : useText(branch, story);

  return (
    <article className={style.panel} aria-labelledby="conflict-title" data-conflict-panel>
      <header className={style.head}>
        <span className={style.at}>{t('merge.position', { at, count: session.conflictCount })}</span>
        <h2 id="conflict-title">{datesInWords(conflict.title)}</h2>
        {conflict.field !== null && <span className={style.field}>{conflict.label}</span>}
        {decision?.by === 'rule' && (
          <button
            type="button"
            className={style.chosen}
            data-by="rule"
            onClick={() => position.getState().go({ place: { screen: 'houseRules' } })}
          >
            {originText(decision, shortInstantText(decision.at))}
          </button>
        )}
        {decision !== null && decision.by !== 'rule' && (
          <span className={style.chosen} data-by={decision.by}>
            {decision.by === 'person' && decision.authorName === ''
              ? t('merge.chosen')
              : originText(decision, shortInstantText(decision.at))}
          </span>
        )}
      </header>
      {record && <p className={style.question}>{deleteQuestion(conflict, session)}</p>}
      {remembered !== null && decision === null && (
        <p className={style.remembered}>
          <span>
            {t('merge.rememberedText', {
              name: remembered.authorName,
              at: shortInstantText(remembered.at),
              choice: choiceText(remembered.resolution, conflict, session),
            })}
          </span>
          <Button size="compact-xs" variant="default" onClick={() => onDecide([conflict], remembered.resolution, reason.trim())}>
            {t('merge.rememberedUse')}
          </Button>
        </p>
      )}

      <div className={style.base} data-chosen={chosenKind === 'base' || undefined}>
        <span className={style.was}>
          {conflict.baseUnknown ? t('merge.wasUnknown') : conflict.kind === 'add-add' ? t('merge.addedBoth') : t('merge.was')}
        </span>
        {!conflict.baseUnknown && conflict.kind !== 'add-add' && <strong className={style.baseText}>{valueText(conflict.baseText)}</strong>}
        {offers('base') && (
          <Button size="compact-sm" variant={chosenKind === 'base' ? 'light' : 'default'} onClick={() => decide({ kind: 'base' })}>
            <Key letter="O" />
            {t('merge.keepIt')}
          </Button>
        )}
      </div>

      <SideCard
        letter="A"
        branch={session.target}
        story={conflict.targetStory}
        text={conflict.targetText}
        baseText={conflict.baseText}
        record={record}
        deleted={record && conflict.target === null}
        chosen={chosenKind === 'target' || (chosenKind === 'delete' && record && conflict.target === null)}
        action={record ? null : { label: useLabel(session.target, conflict.targetStory), run: () => decide({ kind: 'target' }) }}
      />
      <SideCard
        letter="B"
        branch={session.source}
        isBranch={session.sourceTip !== null}
        story={conflict.sourceStory}
        text={conflict.sourceText}
        baseText={conflict.baseText}
        record={record}
        deleted={record && conflict.source === null}
        chosen={chosenKind === 'source' || (chosenKind === 'delete' && record && conflict.source === null)}
        action={record ? null : { label: useLabel(session.source, conflict.sourceStory), run: () => decide({ kind: 'source' }) }}
      />

      {record ? (
        <div className={style.recordChoices} role="group" aria-labelledby="conflict-title">
          <Button variant="default" onClick={() => decide({ kind: conflict.target === null ? 'source' : 'target' })}>
            <Key letter={conflict.target === null ? 'B' : 'A'} />
            {t('merge.keepEdited')}
          </Button>
          <Button variant="default" onClick={() => decide({ kind: 'delete' })}>
            <Key letter="D" />
            {t('merge.delete')}
          </Button>
          {offers('custom') && (
            <Button variant="default" onClick={edit} disabled={many}>
              <Key letter="E" />
              {t('merge.edit')}
            </Button>
          )}
          {offers('keep-both') && conflict.target !== null && conflict.source !== null && (
            <Button
              variant="default"
              title={t('merge.keepBothHint', { target: session.target, source: session.source })}
              onClick={() => decide({ kind: 'keep-both' })}
            >
              {t('merge.keepBoth')}
            </Button>
          )}
        </div>
      ) : (
        offers('custom') && (
          <div ref={other} className={style.other} data-chosen={chosenKind === 'custom' || undefined}>
            <OtherValue
              key={conflict.id}
              conflict={conflict}
              branch={session.target}
              start={decision?.resolution.kind === 'custom' ? decision.resolution.value : null}
              onUse={(value) => decide({ kind: 'custom', value })}
            />
          </div>
        )
      )}

      {scopes.length > 1 && (
        <Radio.Group
          className={style.scope ?? ''}
          value={scope?.kind ?? 'one'}
          onChange={(value) => setScopeKind(scopes.find(({ kind }) => kind === value)?.kind ?? 'one')}
          aria-label={t('merge.applyTo')}
        >
          <span className={style.scopeLabel} aria-hidden>
            {t('merge.applyTo')}
          </span>
          {scopes.map((each) => (
            <Radio key={each.kind} value={each.kind} label={scopeText(each, conflict, personName(conflict))} />
          ))}
        </Radio.Group>
      )}
      {many && scope && <ScopePreview scope={scope} />}

      <div className={style.foot}>
        <TextInput
          className={style.reason ?? ''}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          placeholder={decision?.reason ?? t('merge.why')}
          aria-label={t('merge.why')}
          maxLength={2_000}
        />
        {decision !== null ? (
          <Button variant="default" size="compact-sm" onClick={() => onTakeBack(conflict)}>
            <Key letter="U" />
            {t('merge.takeBack')}
          </Button>
        ) : (
          <Button variant="subtle" size="compact-sm" onClick={onLater}>
            <Key letter="S" />
            {t('merge.later')}
          </Button>
        )}
      </div>
      {decision?.reason != null && decision.reason !== '' && <p className={style.given}>“{decision.reason}”</p>}
      {decision !== null && (
        <p className={style.outcome}>
          <span>{t('merge.automaticValue')}</span> <strong>{outcomeText(decision.resolution, conflict)}</strong>
        </p>
      )}

      <Disclosure label={t('merge.differences')}>
        <StandsDiff conflict={conflict} source={session.source} target={session.target} />
      </Disclosure>
      <Disclosure label={t('merge.history')}>
        <BothHistories conflict={conflict} session={session} />
      </Disclosure>
      {editing && (
        <RecordEditor
          title={datesInWords(conflict.title)}
          type={conflict.entity.type}
          fields={asFields(conflict.target) ?? asFields(conflict.source) ?? {}}
          branch={session.target}
          onClose={() => setEditing(false)}
          onSave={(fields) => {
            setEditing(false);
            onDecide([conflict], { kind: 'custom', value: fields }, reason.trim());
          }}
        />
      )}
    </article>
  );
}

function deleteQuestion(conflict: Conflict, { source, target }: MergeSession): string {
  const onTarget = conflict.target === null;
  const [deleter, editor] = onTarget ? [conflict.targetStory, conflict.sourceStory] : [conflict.sourceStory, conflict.targetStory];
  return t('merge.deleteQuestion', {
    deleter: deleter?.authorName ?? (onTarget ? target : source),
    deletedOn: onTarget ? target : source,
    editor: editor?.authorName ?? (onTarget ? source : target),
    editedOn: onTarget ? source : target,
  });
}

function scopeText(scope: DecisionScope, conflict: Conflict, person: string | null): string {
  const count = scope.conflicts.length;
  switch (scope.kind) {
    case 'one':
      return t('merge.scopeOne');
    case 'record':
      return t('merge.scopeRecord', { count });
    case 'person':
      return t('merge.scopePerson', { count, person: person ?? '' });
    case 'field':
      return conflict.field === null
        ? t('merge.scopeField', { count, field: findEntityType(conflict.entity.type)?.plural ?? conflict.typeLabel })
        : t('merge.scopeField', { count, field: conflict.label });
    case 'all':
      return t('merge.scopeAll', { count });
  }
}

const previewed = 6;

function ScopePreview({ scope }: { readonly scope: DecisionScope }): React.JSX.Element {
  return (
    <div className={style.preview} role="status">
      <strong>{t('merge.scopePreview', { count: scope.conflicts.length })}</strong>{' '}
      {scope.decided > 0 && <span>{t('merge.scopeStays', { count: scope.decided })}. </span>}
      <span>{t('merge.scopeUndo')}</span>
      <ul>
        {scope.conflicts.slice(0, previewed).map((each) => (
          <li key={each.id}>
            {datesInWords(each.title)}, {each.label}: {valueText(each.targetText)} | {valueText(each.sourceText)}
          </li>
        ))}
        {scope.conflicts.length > previewed && <li>{t('merge.more', { count: scope.conflicts.length - previewed })}</li>}
      </ul>
    </div>
  );
}

/** Something that is shown when it is asked for. */
function Disclosure({ label, children }: { readonly label: string; readonly children: React.ReactNode }): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (opened) content.current?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  return (
    <div className={style.disclosure}>
      <UnstyledButton className={style.disclose} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <span aria-hidden>{opened ? '▾' : '▸'}</span> {label}
      </UnstyledButton>
      {opened && <div ref={content}>{children}</div>}
    </div>
  );
}
