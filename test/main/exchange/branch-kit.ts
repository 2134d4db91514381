import type { ImportPlan, ImportState } from '../../../main/exchange/rota.ts';
import type { Fields, Json } from '../../../shared/json.ts';

export const emptyState: ImportState = { people: [], rotations: [], assignments: [], codes: [] };

/** Ids that look like ours, one after the other. */
export function countingIds(start = 0): () => string {
  let last = start;
  return () => `01980000-0000-7000-8000-${String((last += 1)).padStart(12, '0')}`;
}

/** What the branch holds after the plan's changes were committed: creates, patches and deletes as the engine applies them. */
export function applyPlan(state: ImportState, plan: ImportPlan): ImportState {
  const people = new Map(state.people.map(({ id, fields }) => [id, fields]));
  const assignments = new Map(state.assignments.map(({ id, fields }) => [id, fields]));
  for (const { op, type, id, fields } of plan.changes) {
    const entities = type === 'person' ? people : assignments;
    if (id === undefined) throw new Error('a planned change has no id');
    if (op === 'create' && entities.has(id)) throw new Error(`${id} is created twice`);
    if (op !== 'create' && !entities.has(id)) throw new Error(`${id} is not there`);
    if (op === 'delete') entities.delete(id);
    else entities.set(id, patch(entities.get(id) ?? {}, fields ?? {}));
  }
  const codes = [...assignments.values()].map(({ activity }) => activity).filter((code) => typeof code === 'string');
  const list = (entities: ReadonlyMap<string, Fields>) => [...entities].map(([id, fields]) => ({ id, fields }));
  return { people: list(people), rotations: state.rotations, assignments: list(assignments), codes };
}

function patch(fields: Fields, changes: Fields): Fields {
  const patched: Record<string, Json> = { ...fields };
  for (const [name, value] of Object.entries(changes))
    if (value === null) delete patched[name];
    else patched[name] = value;
  return patched;
}
