import type { EntityChange } from '../../../shared/contract/app/base.ts';

/** A small picture of what a step changed: people down, the touched half days across. */
export interface ChangeStrip {
  readonly columns: number;
  readonly rows: readonly { readonly personId: string; readonly cells: readonly (EntityChange['kind'] | null)[] }[];
  /** Whether more was changed than is drawn. */
  readonly cut: boolean;
}

/** Draws at most `most.rows` people and `most.columns` half days, the first ones of each. `null` when no cell was changed. */
export function changeStripOf(changes: readonly EntityChange[], most = { rows: 4, columns: 18 }): ChangeStrip | null {
  const inCells = changes.filter((change) => change.slot !== null);
  if (inCells.length === 0) return null;
  const slotOf = ({ slot }: EntityChange): string => `${slot?.date} ${slot?.half}`;
  const slots = [...new Set(inCells.map(slotOf))].toSorted();
  const people = [...new Set(inCells.map(({ slot }) => slot?.personId ?? ''))];
  const shownSlots = slots.slice(0, most.columns);
  const shownPeople = people.slice(0, most.rows);
  return {
    columns: shownSlots.length,
    rows: shownPeople.map((personId) => ({
      personId,
      cells: shownSlots.map(
        (slot) => inCells.find((change) => change.slot?.personId === personId && slotOf(change) === slot)?.kind ?? null,
      ),
    })),
    cut: slots.length > shownSlots.length || people.length > shownPeople.length,
  };
}
