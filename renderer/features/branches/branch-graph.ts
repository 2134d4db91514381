/** A stretch of a branch's own work: how many commits lie in it, and when. */
export interface GraphBucket {
  readonly from: string;
  readonly to: string;
  readonly commits: number;
}

export interface GraphMark {
  readonly kind: 'tag' | 'merge' | 'import' | 'restore' | 'branch';
  readonly at: string;
  readonly label: string;
}

/** One branch as the graph wants it: its own work since it forked, and what stands out on it. */
export interface GraphBranch {
  readonly name: string;
  readonly parent: string | null;
  readonly createdAt: string;
  readonly buckets: readonly GraphBucket[];
  readonly marks: readonly GraphMark[];
}

export interface GraphDot {
  readonly column: number;
  readonly commits: number;
  /** What stands out in this stretch; a merge is drawn before a tag. */
  readonly mark: 'merge' | 'tag' | null;
  readonly label: string | null;
}

export interface GraphLane {
  readonly name: string;
  readonly row: number;
  readonly dots: readonly GraphDot[];
  /** Where its line begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** A line from one lane to another: where a branch begins, or where it was merged. */
export interface GraphLink {
  readonly kind: 'fork' | 'merge';
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly toRow: number;
  readonly toColumn: number;
}

export interface BranchGraphModel {
  readonly columns: number;
  readonly lanes: readonly GraphLane[];
  readonly links: readonly GraphLink[];
}

/**
 * Lays branches out as lanes. A column is a stretch of time in which something happened; stretches without anything take no room, so that a
 * year and a week are both legible. Branches keep the order they are given in.
 */
export function layOutBranches(branches: readonly GraphBranch[]): BranchGraphModel {
  const starts = new Set<number>();
  for (const { buckets } of branches) for (const { from, commits } of buckets) if (commits > 0) starts.add(Date.parse(from));
  const times = [...starts].toSorted((a, b) => a - b);
  const columnAt = (at: string): number => {
    const time = Date.parse(at);
    const after = times.findIndex((start) => start > time);
    return Math.max(0, (after === -1 ? times.length : after) - 1);
  };
  const rowOf = new Map(branches.map(({ name }, row) => [name, row]));
  const lanes = branches.map(({ name, buckets, marks, parent, createdAt }, row): GraphLane => {
    const dots = buckets
      .filter(({ commits }) => commits > 0)
      .map(({ from, to, commits }): GraphDot => {
        const inside = marks.filter(({ at }) => at >= from && at <= to);
        const merge = inside.findLast(({ kind }) => kind === 'merge');
        const tag = inside.findLast(({ kind }) => kind === 'tag');
        return { column: columnAt(from), commits, mark: merge ? 'merge' : tag ? 'tag' : null, label: (merge ?? tag)?.label ?? null };
      });
    const forked = parent === null ? 0 : columnAt(createdAt);
    return { name, row, dots, from: dots[0]?.column ?? forked, to: Math.max(dots.at(-1)?.column ?? forked, forked) };
  });
  const links: GraphLink[] = [];
  for (const { name, parent, createdAt, marks } of branches) {
    const row = rowOf.get(name) ?? 0;
    const lane = lanes[row];
    const parentRow = parent === null ? undefined : rowOf.get(parent);
    if (lane && parentRow !== undefined)
      links.push({ kind: 'fork', fromRow: parentRow, fromColumn: columnAt(createdAt), toRow: row, toColumn: lane.from });
    for (const mark of marks) {
      if (mark.kind !== 'merge') continue;
      // The longest name that the message names: `aug` must not be taken for `aug-surge`.
      const merged = branches
        .filter((other) => other.name !== name && mark.label.includes(other.name))
        .toSorted((a, b) => b.name.length - a.name.length)[0];
      const mergedRow = merged ? rowOf.get(merged.name) : undefined;
      const mergedLane = mergedRow === undefined ? undefined : lanes[mergedRow];
      if (!mergedLane) continue;
      const column = columnAt(mark.at);
      const from = mergedLane.dots.findLast((dot) => dot.column <= column)?.column ?? mergedLane.from;
      links.push({ kind: 'merge', fromRow: mergedLane.row, fromColumn: from, toRow: row, toColumn: column });
    }
  }
  return { columns: Math.max(1, times.length), lanes, links };
}
