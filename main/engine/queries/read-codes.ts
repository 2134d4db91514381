import type { RosterCode } from '../../../shared/contract/app/roster.ts';
import { EntityId, type Moment } from '../../../shared/ids.ts';
import { findActivityCode, rotationCode } from '../../../shared/roster/codes.ts';
import { textOf } from '../../../shared/roster/field.ts';
import type { StoreReader } from '../reader.ts';
import { placeOnBranch } from './find-branch.ts';
import { rosterFactsAt } from './roster-facts.ts';

/** The codes of the branch's rotations and every activity in use, most used first. A rotation whose code is typed as an activity is one entry. */
export function readCodes(
  store: StoreReader,
  { branch, at }: { readonly branch: string; readonly at?: Moment | undefined },
): { readonly items: RosterCode[]; readonly total: number; readonly next: null } {
  const place = placeOnBranch(store, branch, at);
  const { uses } = rosterFactsAt(store, place);
  const byCode = new Map<string, RosterCode>();
  for (const { id, fields } of store.entitiesAt('rotation', place)) {
    const code = rotationCode(fields);
    if (code === '') continue;
    const known = byCode.get(code);
    const count = (known?.count ?? 0) + (uses.get(`rotation ${id}`) ?? 0);
    const isLive = fields['isArchived'] !== true;
    if (known !== undefined && !isLive) byCode.set(code, { ...known, count });
    else
      byCode.set(code, {
        code,
        name: textOf(fields, 'name') ?? code,
        rotationId: EntityId.parse(id),
        color: textOf(fields, 'fontColor'),
        background: textOf(fields, 'backgroundColor'),
        count,
      });
  }
  for (const [code, count] of uses) {
    if (code.startsWith('rotation ')) continue;
    const known = byCode.get(code);
    const name = known?.name ?? findActivityCode(code)?.name ?? code;
    byCode.set(code, { code, name, rotationId: null, color: null, background: null, ...known, count: (known?.count ?? 0) + count });
  }
  const items = [...byCode.values()].toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  return { items, total: items.length, next: null };
}
