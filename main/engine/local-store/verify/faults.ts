import type { StoreFault } from '../store.ts';

/** Collects faults up to a bound. */
export interface Faults {
  readonly list: readonly StoreFault[];
  readonly full: boolean;
  add(fault: FaultDraft): void;
}

export type FaultDraft = Pick<StoreFault, 'where' | 'table' | 'problem'> & { readonly row?: string | number | null } & Partial<
    Pick<StoreFault, 'commit' | 'version' | 'type' | 'id' | 'field'>
  >;

export function createFaults(most: number): Faults {
  const list: StoreFault[] = [];
  return {
    list,
    get full() {
      return list.length >= most;
    },
    add(fault) {
      if (list.length >= most) return;
      list.push({
        where: fault.where,
        problem: fault.problem,
        commit: fault.commit ?? null,
        version: fault.version ?? null,
        type: fault.type ?? null,
        id: fault.id ?? null,
        field: fault.field ?? null,
        table: fault.table,
        row: fault.row === undefined || fault.row === null ? null : String(fault.row),
      });
    },
  };
}
