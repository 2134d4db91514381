import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { type CommitHash, EntityId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import type { Cell } from '../../../shared/contract/app/roster.ts';
import { useClinicNames, type NamedPlace } from '../../position/clinic-names.ts';
import { momentParameter, usePosition } from '../../position/position.ts';
import type { CellRef } from '../../position/selection.ts';
import { dateText, instantText, shortInstantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { fieldWords, type HistoryRow, planUse, rowAt } from './cell-history.ts';
import { HistoryRows } from './HistoryRows.tsx';
import { OtherBranches } from './OtherBranches.tsx';
import { type CellFacts, namesOf, useCellHistory } from './useCellHistory.ts';
import { useUseValue } from './useValue.ts';
import style from './CellInspector.module.css';

// What the heading says already, and what is said by its name below.
const toldAbove = ['personId', 'date', 'half', 'activity', 'rotationId', 'scheduleRunId'];
/** How a value came about; of interest when it is doubted, in the way otherwise. */
const derivation = ['confidence', 'score', 'explain', 'alternatives'];

/** Shows whose value each field of a record is, as of a commit. */
export type Blame = (record: {
  readonly type: string;
  readonly id: EntityId;
  readonly branch: string;
  readonly at?: CommitHash | undefined;
}) => React.ReactNode;

/** Everything about the selected cell at the moment on screen: value, who, when, why, details, clashes, history, other branches. */
export function CellView({
  cell,
  extra,
  blame,
}: {
  readonly cell: CellRef;
  readonly extra?: React.ReactNode;
  readonly blame?: Blame | undefined;
}): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  // While scrubbing, the grid goes first; the panel follows when the thumb rests for a blink.
  const [settled] = useDebouncedValue(moment, 60, { leading: true });
  const facts = useCellHistory(cell, settled);
  const isNow = settled.kind === 'now';
  const subject = t('history.cellTitle', {
    person: facts.personName ?? t('history.unknownPerson'),
    date: dateText(cell.date, true),
    half: cell.half,
  });
  const inForce = rowAt(facts.rows, facts.shownPosition);
  if (facts.kind === 'failed')
    return (
      <p className={style.problem} role="alert">
        {t('history.loadFailed', { problem: facts.problem ?? '' })}
      </p>
    );
  return (
    <>
      <header className={style.head}>
        <h2 className={style.title}>{facts.personName ?? (facts.kind === 'loading' ? '…' : t('history.unknownPerson'))}</h2>
        <div className={style.subtitle}>
          {dateText(cell.date, true)} · {cell.half}
          {facts.personLevel && ` · ${facts.personLevel}`}
          {!facts.personThere && ` · ${t('history.notThere')}`}
        </div>
      </header>
      <Value facts={facts} inForce={inForce} isNow={isNow} />
      {blame && <Blamed facts={facts} render={(id) => blame({ type: 'assignment', id, branch, at: momentParameter(settled) })} />}
      {extra}
      {facts.absences.length > 0 && (
        <section className={style.section}>
          <h2 className={style.heading}>{t('history.absences')}</h2>
          {facts.absences.map((absence) => (
            <div key={absence.id} className={style.absence}>
              {t(absence.status === 'approved' ? 'history.absence' : 'history.absenceStatus', {
                type: entityTypeOf('absence').fields['absenceType']?.text(absence.absenceType, facts.names) ?? absence.absenceType,
                status: absence.status,
                from: dateText(absence.startDate),
                to: dateText(absence.endDate, true),
              })}
            </div>
          ))}
        </section>
      )}
      <CellHistory facts={facts} inForce={inForce} isNow={isNow} subject={subject} />
      <OtherBranches id={cell.assignmentId ?? facts.shown[0]?.id ?? facts.now[0]?.id ?? null} facts={facts} />
    </>
  );
}

function Value({
  facts,
  inForce,
  isNow,
}: {
  readonly facts: CellFacts;
  readonly inForce: HistoryRow | null;
  readonly isNow: boolean;
}): React.JSX.Element {
  const [first] = facts.shown;
  if (!first)
    return (
      <section className={style.value}>
        <div>
          <div className={style.empty}>{emptyText(facts, isNow)}</div>
          {inForce && <Since row={inForce} />}
        </div>
      </section>
    );
  return (
    <section className={style.value}>
      {facts.shown.length > 1 && <div className={style.several}>{t('history.several', { count: facts.shown.length })}</div>}
      {facts.shown.map((cell) => (
        <OneValue key={cell.id} cell={cell} facts={facts} />
      ))}
    </section>
  );
}

/** The records that the cell shows; for an empty one, what stood there last: its delete has an author too. */
export function Blamed({
  facts,
  render,
}: {
  readonly facts: CellFacts;
  readonly render: (id: EntityId) => React.ReactNode;
}): React.JSX.Element | null {
  const last = facts.rows.find((row) => row.entry.position <= facts.shownPosition)?.id;
  const ids = facts.shown.length > 0 ? facts.shown.map(({ id }) => id) : last === undefined ? [] : [last];
  if (ids.length === 0) return null;
  return (
    <div className={style.blamed}>
      {ids.map((id) => {
        // Of several that stand in the cell, each is told by its code.
        const code = ids.length > 1 ? (facts.shown.find((cell) => cell.id === id)?.code ?? '') : null;
        if (code === null) return <Fragment key={id}>{render(id)}</Fragment>;
        return (
          <div key={id} role="group" aria-label={code} className={style.blamedOne}>
            <strong aria-hidden>{code}</strong>
            {render(id)}
          </div>
        );
      })}
    </div>
  );
}

function emptyText(facts: CellFacts, isNow: boolean): string {
  if (facts.kind === 'loading') return '…';
  if (facts.rows.length === 0) return t('history.neverSet');
  return t(isNow ? 'history.emptyNow' : 'history.emptyThen');
}

function OneValue({ cell, facts }: { readonly cell: Cell; readonly facts: CellFacts }): React.JSX.Element {
  const rotation = facts.names.rotation(typeof cell.fields['rotationId'] === 'string' ? cell.fields['rotationId'] : '');
  const row = rowAt(
    facts.rows.filter(({ id }) => id === cell.id),
    facts.shownPosition,
  );
  const run = useScheduleRun(cell.fields);
  const nameOf = useClinicNames();
  const place = nameOf(cell.fields['location'] ?? rotation?.['clinicLocation']);
  const viewsAs = usePosition((state) => state.view);
  const derived = fieldWords(
    'assignment',
    Object.fromEntries(derivation.flatMap((name) => (cell.fields[name] === undefined ? [] : [[name, cell.fields[name]]]))),
    facts.names,
  );
  // The rotation's own colour, only as a tint: the text stays readable in light and dark.
  const color = rotation?.['backgroundColor'];
  const look = typeof color === 'string' ? { background: `color-mix(in srgb, ${color} 35%, var(--rl-surface))` } : {};
  return (
    <div>
      <div className={style.codeLine}>
        <span className={style.code} style={look}>
          {cell.code || '–'}
        </span>
        <span className={style.text}>{entityTypeOf('assignment').text(cell.fields, facts.names)}</span>
      </div>
      {row && <Since row={row} />}
      <Fields
        fields={[
          ...fieldWords('assignment', cell.fields, facts.names, [...toldAbove, ...derivation]),
          ...clinicWords(place, viewsAs),
          ...run,
        ]}
      />
      {derived.length > 0 && (
        <details className={style.derivation}>
          <summary>{t('history.derivation')}</summary>
          <Fields fields={derived} />
        </details>
      )}
    </div>
  );
}

/** The clinic of the cell as the view on screen calls it. */
function clinicWords(place: NamedPlace | null, view: string | null): readonly { readonly label: string; readonly text: string }[] {
  if (place === null) return [];
  return [{ label: t('history.clinic'), text: place.isOwn && view === null ? t('history.clinicMine', { name: place.name }) : place.name }];
}

function Fields({ fields }: { readonly fields: readonly { readonly label: string; readonly text: string }[] }): React.JSX.Element | null {
  if (fields.length === 0) return null;
  return (
    <dl className={style.fields}>
      {fields.map(({ label, text }) => (
        <div key={label} className={style.field}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The schedule run that made the assignment, by its name as of the moment on screen. */
function useScheduleRun(fields: Cell['fields']): readonly { readonly label: string; readonly text: string }[] {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const id = EntityId.safeParse(fields['scheduleRunId']).data;
  const at = momentParameter(moment);
  const run = useQuery({
    ...engine.query.versions.at.queryOptions({
      input: { type: 'schedule_run', id: id ?? EntityId.parse('none'), branch, ...(at && { at }) },
    }),
    enabled: id !== undefined,
  }).data;
  if (!run?.existed) return [];
  return [{ label: t('history.madeBy'), text: entityTypeOf('schedule_run').title(run.fields, namesOf()) }];
}

function Since({ row: { entry } }: { readonly row: HistoryRow }): React.JSX.Element {
  return (
    <>
      <div className={style.since} title={instantText(entry.officialAt)}>
        {t('history.since', { position: entry.position, author: entry.userName, time: shortInstantText(entry.officialAt) })}
      </div>
      <div className={style.why}>
        <span className={style.whyLabel}>{t('history.why')}</span> {entry.reason ?? entry.message}
      </div>
    </>
  );
}

function CellHistory({
  facts,
  inForce,
  isNow,
  subject,
}: {
  readonly facts: CellFacts;
  readonly inForce: HistoryRow | null;
  readonly isNow: boolean;
  readonly subject: string;
}): React.JSX.Element | null {
  const [reason, setReason] = useState('');
  const { use, busy } = useUseValue();
  if (facts.rows.length === 0) return null;
  return (
    <section className={style.history}>
      <h2 className={style.heading}>{t('history.historyCount', { count: facts.rows.length })}</h2>
      {facts.rows.length > 1 && (
        <TextInput
          className={style.reason}
          aria-label={t('history.useWhy')}
          placeholder={t('history.useWhyHint')}
          value={reason}
          maxLength={2_000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <HistoryRows
        rows={facts.rows}
        label={t('history.historyOf')}
        inForce={inForce}
        isNow={isNow}
        actions={{
          busy,
          subject,
          canUse: (row) => planUse(row, facts.now).kind !== 'same',
          tipPosition: facts.tipPosition,
          use: (row) => {
            use({ row, standing: facts.now, reason });
            setReason('');
          },
        }}
      />
    </section>
  );
}
