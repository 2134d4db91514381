import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CommitHash } from '../../../shared/ids.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Cell, RosterWindow } from '../../../shared/contract/app/roster.ts';
import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Names } from '../../../shared/roster/entity-type.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { momentParameter, type ShownMoment, usePosition } from '../../position/position.ts';
import type { CellRef } from '../../position/selection.ts';
import { cellHistoryOf, type HistoryRow } from './cell-history.ts';

// Never asked about: while nothing is selected, the queries wait.
const nobody = EntityId.parse('nobody');
const anyDay = '2000-01-01';

/** What there is to know about one cell, at the moment on screen and through time. */
export interface CellFacts {
  readonly kind: 'ready' | 'loading' | 'failed';
  readonly problem: string | null;
  readonly personName: string | null;
  readonly personLevel: string | null;
  /** Whether the person was in the roster at the moment on screen. */
  readonly personThere: boolean;
  /** What stands in the cell at the moment on screen, and now. */
  readonly shown: readonly Cell[];
  readonly now: readonly Cell[];
  readonly absences: RosterWindow['absences'];
  readonly rows: readonly HistoryRow[];
  /** The branch's own histories, for telling other branches apart. */
  readonly entries: readonly HistoryEntry[];
  readonly names: Names;
  /** How many steps the line has; a step with this position is now. */
  readonly tipPosition: number;
  readonly shownPosition: number;
}

/** Follows one cell: what stands there then and now, and every version of everything that stood there. */
export function useCellHistory(cell: CellRef | null, moment: ShownMoment): CellFacts {
  const branch = usePosition((state) => state.branch);
  const engine = useEngine();
  const tip = useQuery(engine.query.commits.at.queryOptions({ input: { branch } }));
  const tipCommit = tip.data?.commit;
  const nowQuery = useWindow(cell, tipCommit);
  const shownQuery = useWindow(cell, momentParameter(moment) ?? tipCommit);
  const now = cellsOf(nowQuery.data, cell);
  const shown = cellsOf(shownQuery.data, cell);

  const person = EntityId.safeParse(cell?.personId).data;
  const historyQuery = useQuery({
    ...engine.query.roster.cell.queryOptions({
      input: { branch, personId: person ?? nobody, date: cell?.date ?? anyDay, half: cell?.half ?? 'AM', limit: 1_000 },
    }),
    enabled: person !== undefined,
  });

  const window = shownQuery.data ?? nowQuery.data;
  const names = useMemo(() => namesOf(window, nowQuery.data), [window, nowQuery.data]);
  const error = tip.error ?? nowQuery.error ?? shownQuery.error ?? historyQuery.error;
  const histories = historyQuery.data?.items ?? [];
  const there = window?.people.find(({ id }) => id === cell?.personId);
  const row = there ?? nowQuery.data?.people.find(({ id }) => id === cell?.personId);
  const waits = nowQuery.data === undefined || shownQuery.data === undefined || historyQuery.data === undefined;
  return {
    kind: error ? 'failed' : waits ? 'loading' : 'ready',
    problem: error ? problemOf(error).message : null,
    personName: row?.name ?? null,
    personLevel: there?.level ?? null,
    personThere: there !== undefined || window === undefined,
    shown,
    now,
    absences: shownQuery.data?.absences.filter((absence) => absence.personId === cell?.personId) ?? [],
    rows: cell ? cellHistoryOf(histories, cell, names) : [],
    entries: histories.flatMap(({ entries }) => entries),
    names,
    tipPosition: tip.data?.position ?? 0,
    shownPosition: moment.kind === 'commit' ? moment.position : (tip.data?.position ?? 0),
  };
}

/** One person's day at a commit: a window of one row and two columns, which the engine answers from its index. */
function useWindow(cell: CellRef | null, at: CommitHash | undefined) {
  const branch = usePosition((state) => state.branch);
  const engine = useEngine();
  const person = EntityId.safeParse(cell?.personId).data;
  const date = cell?.date ?? anyDay;
  const query = useQuery({
    ...engine.query.roster.window.queryOptions({
      input: { branch, ...(at && { at }), from: date, to: date, ...(person && { people: [person] }) },
      placeholderData: keepPreviousData,
    }),
    enabled: at !== undefined && person !== undefined,
  });
  // While the next moment of the same cell is asked for, the last one stays; another cell's day is never shown in its place.
  const fits = query.data?.from === date && (!query.isPlaceholderData || query.data.people.every(({ id }) => id === person));
  return { data: fits ? query.data : undefined, error: query.error };
}

function cellsOf(window: RosterWindow | undefined, cell: CellRef | null): readonly Cell[] {
  if (!window || !cell) return [];
  return window.cells.filter((each) => each.personId === cell.personId && each.date === cell.date && each.half === cell.half);
}

/** Names as of the moment on screen; what is gone by then is looked up as of now. */
export function namesOf(...windows: readonly (RosterWindow | undefined)[]): Names {
  const people = new Map<string, Fields>();
  const rotations = new Map<string, Fields>();
  for (const window of windows.toReversed()) {
    for (const person of window?.people ?? []) people.set(person.id, person.fields);
    for (const rotation of window?.rotations ?? []) rotations.set(rotation.id, rotation.fields);
  }
  return { person: (id) => people.get(id), rotation: (id) => rotations.get(id) };
}
