import { noCell, type Cell } from './cell-index.ts';

/** Every change of a file by its version's row, as columns of int32: 32 bytes a change, for the work that looks at all of them. */
export interface ChangeColumns {
  /** Rows are 1..count. */
  readonly count: number;
  readonly entity: Int32Array;
  readonly line: Int32Array;
  readonly position: Int32Array;
  /** -1: deleted. */
  readonly type: Int32Array;
  readonly subject: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The row before of the same entity on any line; 0: none. */
  readonly previous: Int32Array;
}

export interface ChangeColumnsBuilder {
  /** Adds the next row (they come in order, without gaps). */
  add(row: number, entity: number, line: number, position: number, deleted: boolean, cell: Cell): void;
  /** The newest row of an entity; 0: none. */
  newest(entity: number): number;
  /** The row before of the same entity; 0: none. */
  previous(row: number): number;
  line(row: number): number;
  position(row: number): number;
  count(): number;
  /** What has been added so far; ask again after adding. */
  columns(): ChangeColumns;
}

type Column = 'entity' | 'line' | 'position' | 'type' | 'subject' | 'from' | 'to' | 'previous';
const names: readonly Column[] = ['entity', 'line', 'position', 'type', 'subject', 'from', 'to', 'previous'];

export function createChangeColumns(): ChangeColumnsBuilder {
  let count = 0;
  let capacity = 1_024;
  const make = (): Record<Column, Int32Array> => ({
    entity: new Int32Array(capacity),
    line: new Int32Array(capacity),
    position: new Int32Array(capacity),
    type: new Int32Array(capacity),
    subject: new Int32Array(capacity),
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
    previous: new Int32Array(capacity),
  });
  let columns = make();
  let view: ChangeColumns | null = null;
  let newest = new Int32Array(1_024);

  return {
    add(row, entity, line, position, deleted, cell) {
      if (row !== count + 1) throw new Error(`row ${row} does not follow row ${count}`);
      if (row >= capacity) grow();
      if (entity >= newest.length) newest = enlarge(newest, Math.max(entity + 1, newest.length * 2));
      count = row;
      view = null;
      columns.entity[row] = entity;
      columns.line[row] = line;
      columns.position[row] = position;
      columns.type[row] = deleted ? noCell : cell.type;
      columns.subject[row] = cell.subject;
      columns.from[row] = cell.from;
      columns.to[row] = cell.to;
      columns.previous[row] = newest[entity]!;
      newest[entity] = row;
    },
    newest: (entity) => newest[entity] ?? 0,
    count: () => count,
    columns: () => (view ??= { count, ...columns }),
    previous: (row) => columns.previous[row] ?? 0,
    line: (row) => columns.line[row] ?? 0,
    position: (row) => columns.position[row] ?? 0,
  };

  function grow(): void {
    capacity *= 2;
    const next = make();
    for (const name of names) next[name].set(columns[name]);
    columns = next;
  }
}

function enlarge(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(array);
  return next;
}
