import type { z } from 'zod';
import type { ImportDecisions, ImportPreview, UploadedFile } from '../../../shared/contract/app/exchange.ts';
import { dateToDay, slotOf } from '../../../shared/roster/slot.ts';
import { planImport } from '../../exchange/plan-import.ts';
import { readRota } from '../../exchange/read-rota.ts';
import type { ImportPlan, RotaReading } from '../../exchange/rota.ts';
import type { BranchRecord, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { describeEntityChange } from '../words/entity-change.ts';
import { namesAt } from '../words/names-at.ts';
import { decodeFile } from './decode-file.ts';
import { findBranch } from './find-branch.ts';
import { rosterFactsAt } from './roster-facts.ts';

export interface ImportRequest {
  readonly branch: string;
  readonly file: z.infer<typeof UploadedFile>;
  readonly decisions?: z.infer<typeof ImportDecisions> | undefined;
}

export interface PlannedImport {
  readonly branch: BranchRecord;
  readonly place: Place;
  readonly reading: RotaReading;
  readonly plan: ImportPlan;
}

/** Reads a rota file and plans what importing it would change on the branch as it is now. Writes nothing. */
export function planFileImport(
  store: StoreReader,
  { branch: name, file, decisions = {} }: ImportRequest,
  surroundings: { readonly today: string; readonly newId: () => string },
): PlannedImport {
  const branch = findBranch(store, name);
  const place = store.placeAt(branch.ref);
  const reading = readRota({ name: file.name, bytes: decodeFile(file) }, decisions, { today: surroundings.today });
  const slots = { from: slotOf(reading.from, 'AM'), to: dateToDay(reading.to) * 2 + 1 };
  const codes = [...rosterFactsAt(store, place).uses.keys()].filter((use) => !use.startsWith('rotation '));
  const state = {
    people: [...store.entitiesAt('person', place)].map(toEntity),
    rotations: [...store.entitiesAt('rotation', place)].map(toEntity),
    assignments: store.windowAt('assignment', place, slots).map(toEntity),
    codes,
  };
  return { branch, place, reading, plan: planImport(reading, state, decisions, surroundings.newId) };
}

/** What importing would change, as a coordinator reads it; `items` are the first `limit` of it. */
export function previewImport(
  store: StoreReader,
  { branch, place, plan }: PlannedImport,
  { limit }: { readonly limit: number },
): z.infer<typeof ImportPreview> {
  const now = namesAt(store, place);
  // People the file brings have no record yet: their cells are named from the plan.
  const planned = new Map(
    plan.planned.flatMap((change) => (change.type === 'person' && change.after !== null ? [[change.id, change.after]] : [])),
  );
  const toNames = { person: (id: string) => planned.get(id) ?? now.person(id), rotation: (id: string) => now.rotation(id) };
  const items = plan.planned.slice(0, limit).map(({ type, id, before, after }) => {
    const standing = before === null ? null : (store.versionAt(type, id, place)?.version ?? null);
    return describeEntityChange({
      type,
      id,
      before: before === null ? null : { version: standing, fields: before },
      after: after === null ? null : { version: null, fields: after },
      cause: null,
      fromNames: now,
      toNames,
    });
  });
  return { ...plan.preview, items, total: plan.planned.length, tip: branch.tip };
}

function toEntity({ id, fields }: StoredVersion): { readonly id: string; readonly fields: StoredVersion['fields'] } {
  return { id, fields };
}
