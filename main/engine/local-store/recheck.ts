import { hashCommit } from '../../../shared/versioning/commit.ts';
import type { Change } from '../../../shared/versioning/change.ts';
import { sha256 } from '../../../shared/versioning/hash.ts';
import { bytesToVersion } from './version-table.ts';
import type { StoreTables } from './store-parts.ts';
import { versionText } from './version-text.ts';

/** Whether a commit's hash and those of its versions are what the stored bytes give when they are hashed again. */
export function recheckCommit(tables: StoreTables, commitId: number): boolean {
  const { commits, versions, entities, shapes, history } = tables;
  try {
    const record = commits.record(commitId);
    const changes: Change[] = [];
    for (const { type, id, op, before, row } of history.changesOf(commitId, Number.POSITIVE_INFINITY)) {
      const stored = versions.raw(row);
      const beforeHash = before === null ? null : versions.raw(before).hash;
      if (op === 'delete') {
        if (stored.body !== null || beforeHash === null) return false;
        changes.push({ op, type, id, before: bytesToVersion(beforeHash) });
        continue;
      }
      if (stored.body === null || stored.shape_id === null || stored.hash === null) return false;
      const key = entities.key(stored.entity_id);
      const text = versionText(shapes.shape(stored.shape_id), stored.body, key.type, key.id, stored.salt?.toString('hex') ?? null);
      if (text === null || sha256(text) !== stored.hash.toString('hex') || key.type !== type || key.id !== id) return false;
      const after = bytesToVersion(stored.hash);
      changes.push(
        beforeHash === null ? { op: 'create', type, id, after } : { op: 'update', type, id, before: bytesToVersion(beforeHash), after },
      );
    }
    return hashCommit({ ...record, changes, decisions: record.hasDecisions ? commits.decisions(commitId) : null }) === record.commit;
  } catch {
    // Whatever cannot be read any more is not what was written; verify says where.
    return false;
  }
}
