import { textOf } from '../../../shared/roster/field.ts';
import { cellCode, rotationCode } from '../../../shared/roster/codes.ts';
import { readDays } from '../../../shared/roster/day.ts';
import { dateToDay, parseDay, parseSlot } from '../../../shared/roster/slot.ts';
import type { DrawnCell, DrawnRoster } from '../../exchange/export/draw-roster.ts';
import { stampText } from '../../exchange/export/file-stamp.ts';
import type { Asker, StoreReader } from '../reader.ts';
import type { ExportPlan } from './export-plan.ts';
import { toRecord } from './read-window.ts';

/** Asks one question of the open programme; between two of them other calls are answered. */
export type Ask = <Answer>(question: (store: StoreReader, asker: Asker) => Answer) => Promise<Answer>;

/** Few enough days that reading them holds nobody up. */
const daysPerSlice = 10;

/** Reads the cells of a planned roster in slices. `onSlice` is told how many of all slices are done, and may throw to stop. */
export async function readRosterForExport(
  ask: Ask,
  { place, stamp, content }: ExportPlan & { readonly content: Extract<ExportPlan['content'], { kind: 'roster' }> },
  onSlice: (done: number, total: number) => Promise<void>,
): Promise<DrawnRoster> {
  const [firstDay, lastDay] = [dateToDay(content.from), dateToDay(content.to)];
  const subjects = content.people.map(({ id }) => id);
  const { rotations, holidays, away } = await ask((store) => ({
    rotations: new Map([...store.entitiesAt('rotation', place)].map(({ id, fields }) => [id, fields])),
    holidays: store.windowAt('holiday', place, { from: firstDay * 2, to: lastDay * 2 + 1 }).map(toRecord),
    away: absencesByPerson(store, { place, subjects, from: firstDay * 2, to: lastDay * 2 + 1 }),
  }));
  const cells = new Map<string, Map<number, DrawnCell>>(subjects.map((id) => [id, new Map()]));
  const slices = Math.ceil((lastDay - firstDay + 1) / daysPerSlice);
  for (let slice = 0; slice < slices; slice += 1) {
    const first = firstDay + slice * daysPerSlice;
    const window = { from: first * 2, to: Math.min(lastDay, first + daysPerSlice - 1) * 2 + 1, subjects };
    await ask((store) => {
      for (const { fields } of store.windowAt('assignment', place, window)) {
        const slot = parseSlot(fields['date'], fields['half']);
        const row = cells.get(textOf(fields, 'personId') ?? '');
        if (slot === null || row === undefined) continue;
        const rotation = rotations.get(textOf(fields, 'rotationId') ?? '');
        const code = cellCode(fields, rotation);
        const before = row.get(slot);
        row.set(slot, {
          codes: [...(before?.codes ?? []), code],
          color: before?.color ?? (rotation === undefined ? null : textOf(rotation, 'backgroundColor')),
        });
      }
    });
    await onSlice(slice + 1, slices);
  }
  const factsOf = readDays(holidays);
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
  return {
    title: `${stamp.programme}: ${stampText(stamp)}`,
    firstDay,
    lastDay,
    people: content.people,
    cellAt: (personId, slot) => cells.get(personId)?.get(slot),
    isAway: (personId, slot) => away.get(personId)?.some(({ from, to }) => slot >= from && slot <= to) === true,
    holidays: new Set(days.filter((day) => factsOf(day).holiday !== null)),
    nameOf: new Map([...rotations.values()].map((fields) => [rotationCode(fields), textOf(fields, 'name') ?? ''])),
  };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Absences that the grid shows as such: not those that were rejected, cancelled or denied. */
function absencesByPerson(
  store: StoreReader,
  { place, ...window }: { readonly place: ExportPlan['place']; readonly subjects: readonly string[] } & Stretch,
): ReadonlyMap<string, readonly Stretch[]> {
  const byPerson = new Map<string, Stretch[]>();
  for (const { fields } of store.windowAt('absence', place, window)) {
    const [first, last] = [parseDay(textOf(fields, 'startDate') ?? ''), parseDay(textOf(fields, 'endDate') ?? '')];
    if (first === null || last === null || inactive.has(textOf(fields, 'status') ?? 'approved')) continue;
    const personId = textOf(fields, 'personId') ?? '';
    byPerson.set(personId, [...(byPerson.get(personId) ?? []), { from: first * 2, to: last * 2 + 1 }]);
  }
  return byPerson;
}

const inactive: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'denied']);
