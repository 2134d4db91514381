import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import type { Actor, Axes, CommitDraft, DraftChange, LocalStore, LocalStoreOptions } from '../../../../main/engine/local-store/store.ts';
import type { Fields } from '../../../../shared/json.ts';

/** A small world of its own: cells stand in a grid by person and slot, leaves span slots, everything else has no grid. */
export function axes(type: string, fields: Fields): Axes | null {
  const subject = typeof fields['who'] === 'string' ? fields['who'] : null;
  if (type === 'cell' && typeof fields['slot'] === 'number') return { subject, from: fields['slot'], to: fields['slot'] };
  if (type === 'leave' && typeof fields['from'] === 'number' && typeof fields['to'] === 'number')
    return { subject, from: fields['from'], to: Math.max(fields['from'], fields['to']) };
  return null;
}

export const ana: Actor = { userId: 'ana', userName: 'Ana Ito', device: 'desk-1' };

export interface Desk {
  readonly file: string;
  readonly folder: string;
  store: LocalStore;
  /** Milliseconds; every reading moves it on. */
  now: number;
  reopen(options?: Partial<LocalStoreOptions>): LocalStore;
  [Symbol.dispose](): void;
}

/** A fresh programme file in a folder of its own, with a clock that moves by itself. */
export function openDesk(options: Partial<LocalStoreOptions> = {}): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'local-store-'));
  const file = join(folder, 'programme.rosterline');
  const open = (more: Partial<LocalStoreOptions>): LocalStore =>
    openLocalStore({
      file,
      clock: () => (desk.now += 1_000),
      axes,
      create: { name: 'Internal medicine', sample: false, by: ana },
      upkeep: 'manual',
      ...options,
      ...more,
    });
  const desk: Desk = {
    file,
    folder,
    now: Date.parse('2026-01-05T08:00:00.000Z'),
    // Replaced at once; the clock above needs the desk.
    store: undefined as unknown as LocalStore,
    reopen(more = {}) {
      desk.store.close();
      desk.store = open(more);
      return desk.store;
    },
    [Symbol.dispose]() {
      desk.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  desk.store = open({});
  return desk;
}

let drafts = 0;

/** A commit by Ana that changes what is given. */
export function draft(changes: readonly DraftChange[], more: Partial<CommitDraft> = {}): CommitDraft {
  return {
    author: ana.userId,
    authorName: ana.userName,
    device: ana.device,
    recordedAt: new Date(Date.parse('2026-01-05T08:00:00.000Z') + ++drafts).toISOString(),
    message: 'Edit',
    kind: 'edit',
    changes,
    ...more,
  };
}

export function create(type: string, id: string, fields: Fields): DraftChange {
  return { type, id, op: 'create', fields };
}

export function update(type: string, id: string, fields: Fields): DraftChange {
  return { type, id, op: 'update', fields };
}

export function remove(type: string, id: string): DraftChange {
  return { type, id, op: 'delete', fields: null };
}
