import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitDraft, DraftChange, LocalStore, StoredVersion } from '../../main/engine/local-store/store.ts';
import { computeMerge } from '../../main/engine/merging/compute-merge.ts';
import { findClashesOf } from '../../main/engine/merging/merge-clashes.ts';
import { readStands } from '../../main/engine/merging/read-stands.ts';
import { nothingChosen } from '../../main/engine/merging/judge-merge.ts';
import { changedEntities, resolveMerge } from '../../main/engine/merging/resolve-merge.ts';
import { textOf } from '../../shared/roster/field.ts';
import { openBenchStore, type Dataset } from './dataset.ts';
import { compare, type Pair } from './measure.ts';
import { figureRow, sampleText, type Row } from './report.ts';
import type { Rounds } from './rows-reading.ts';

const perSide = 1_000;
const shared = 100;

/**
 * What merging costs, which must follow the changes and not the roster: the same 1,000 changes on each side, 100 of them of the same cells, in
 * a small file and in a large one, asked in turn.
 */
export function mergingRows(small: Dataset, large: Dataset, { rounds, warmup }: Rounds, cache: string): Row[] {
  const folder = mkdtempSync(join(cache, 'merge-'));
  const stores = [small, large].map((data, index) => {
    const file = join(folder, `${index}.rosterline`);
    copyFileSync(data.file, file);
    return openBenchStore(file);
  });
  const span = `${small.options.entities.toLocaleString('en')} to ${large.options.entities.toLocaleString('en')} entities`;
  try {
    const [few, many] = stores.map((store) => ({ scattered: openDesk(store, 'scattered'), near: openDesk(store, 'near') }));
    if (few === undefined || many === undefined) throw new Error('two files');
    const analysing = compare(() => ({ ours: () => analyse(many.scattered), raw: () => analyse(few.scattered) }), { rounds, warmup });
    const judging = compare(() => ({ ours: () => judge(many.near), raw: () => judge(few.near) }), { rounds, warmup });
    const writing = compare(() => ({ ours: draw(many.scattered), raw: draw(few.scattered) }), { rounds, warmup });
    return [
      flatRow(`merge analysis 1,000 + 1,000, ${span}`, analysing, 1.2),
      flatRow(`the same with its clashes, changes of some weeks, ${span}`, judging, 1.5),
      flatRow(`merge with its commit written, ${span}`, writing, 1.8),
    ];
  } finally {
    for (const store of stores) store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A branch to be merged, and what the branch it is merged into changed meanwhile. */
interface Desk {
  readonly store: LocalStore;
  readonly source: string;
  readonly targetChanges: readonly DraftChange[];
  into: string;
  made: number;
}

function openDesk(store: LocalStore, name: string): Desk {
  const cells = chooseCells(store, name === 'near');
  const source = `heads/${name}`;
  store.createBranch({ ref: source, parent: 'heads/main', by });
  append(
    store,
    source,
    cells.slice(0, perSide).map((cell) => update(cell, 'SIM')),
  );
  const targetChanges = cells.slice(perSide - shared).map((cell, index) => (index % 2 === 0 ? update(cell, 'LEC') : update(cell, null)));
  const desk: Desk = { store, source, targetChanges, into: '', made: 0 };
  drawTarget(desk);
  return desk;
}

/** 1,900 cells of the grid: everywhere, or the newest. */
function chooseCells(store: LocalStore, near: boolean): readonly StoredVersion[] {
  const wanted = perSide * 2 - shared;
  const all = [...store.entitiesAt('assignment', store.placeAt('heads/main'))];
  if (!near) {
    const step = Math.floor(all.length / wanted);
    return Array.from({ length: wanted }, (_, index) => all[index * step]).filter((cell) => cell !== undefined);
  }
  const dateOf = ({ fields }: StoredVersion): string => textOf(fields, 'date') ?? '';
  return all.toSorted((left, right) => (dateOf(left) < dateOf(right) ? 1 : -1)).slice(0, wanted);
}

const by = { userId: 'bench', userName: 'Bench', device: 'bench' };

function update({ type, id, fields }: StoredVersion, activity: string | null): DraftChange {
  return { type, id, op: 'update', fields: activity === null ? { ...fields, notes: 'bench' } : { ...fields, activity } };
}

function append(store: LocalStore, ref: string, changes: readonly DraftChange[], more: Partial<CommitDraft> = {}): void {
  const outcome = store.appendCommit(ref, {
    author: by.userId,
    authorName: by.userName,
    device: by.device,
    recordedAt: new Date().toISOString(),
    message: 'bench',
    kind: 'edit',
    changes,
    ...more,
  });
  if (outcome.kind !== 'committed') throw new Error('the branch moved');
}

/** A fresh branch with the target's changes, since a merge can be written once. */
function drawTarget(desk: Desk): void {
  desk.into = `${desk.source}-into-${++desk.made}`;
  desk.store.createBranch({ ref: desk.into, parent: 'heads/main', by });
  append(desk.store, desk.into, desk.targetChanges);
  while (desk.store.tend());
}

function compute({ store, source, into }: Desk) {
  const sides = { source: store.placeAt(source), target: store.placeAt(into) };
  const computed = computeMerge(readStands(store, { ...sides, bases: store.mergeBases(sides.source, sides.target) }));
  if (computed.conflicts.length !== shared / 2) throw new Error(`${computed.conflicts.length} conflicts`);
  return { sides, resolved: resolveMerge(computed, nothingChosen, () => null) };
}

function analyse(desk: Desk): number {
  return desk.store.read(() => compute(desk).resolved.entities.length);
}

function judge(desk: Desk): number {
  return desk.store.read(() => {
    const { sides, resolved } = compute(desk);
    const sideNames = { source: 'source', target: 'target' };
    findClashesOf(desk.store, { target: sides.target, entities: resolved.entities, today: '2026-11-21', sideNames });
    return resolved.entities.length;
  });
}

/** Makes a new target outside the time and answers the merge into it. */
function draw(desk: Desk): () => number {
  drawTarget(desk);
  return () => {
    const { store, into, source } = desk;
    const changes = store.read(() =>
      changedEntities(compute(desk).resolved).map(({ type, id, merged }): DraftChange => ({ type, id, op: 'update', fields: merged })),
    );
    const mergeParent = store.ref(source)?.tip;
    append(store, into, changes, { kind: 'merge', ...(mergeParent == null ? {} : { mergeParent }) });
    return changes.length;
  };
}

function flatRow(what: string, { ours, raw, ratio, quietRatio }: Pair, most: number): Row {
  return figureRow(
    what,
    { ours: sampleText(ours), raw: sampleText(raw), ratio, quietRatio },
    { most },
    'the large file beside the small one',
  );
}
