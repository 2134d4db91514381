import { levelOf } from '../../shared/roster/entity-types/person.ts';
import { textOf } from '../../shared/roster/field.ts';
import type { Fields } from '../../shared/json.ts';
import { trimText } from './sheet.ts';

/** What an assignment without activity and rotation is called in a rota: an empty cell would say that there is none. */
const unassigned = 'Unassigned';

/**
 * What a rota says in one half day of one person: the code, and where several assignments stand there, all of them with a plus between. Empty
 * for no assignment. An import takes a cell that says this of what stands there for unchanged.
 */
export function shownCode(codes: readonly string[]): string {
  return codes
    .map((code) => trimText(code) || unassigned)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join(' + ');
}

/** What a rota says in the column of roles: the role, and where there is none, the level. */
export function shownRole(fields: Fields): string {
  return textOf(fields, 'role') || levelOf(fields);
}
