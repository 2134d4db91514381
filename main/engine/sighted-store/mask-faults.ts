import { CommitHash, VersionHash } from '../../../shared/ids.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import type { StoreFault } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';
import { maySee } from '../views/sight.ts';
import { sightedStore } from './sighted-store.ts';

/**
 * The faults of a check as one user may be told of them. Somebody has to look at every one, so none is left out; what it is about is named only
 * where the user may see it. What cannot be read any more because the file is damaged counts as not to be seen.
 */
export function maskFaults(whole: StoreReader, user: string, faults: readonly StoreFault[]): StoreFault[] {
  return faults.map((fault) => (isShown(whole, user, fault) ? { ...fault } : maskFault(fault)));
}

function isShown(whole: StoreReader, user: string, fault: StoreFault): boolean {
  const definition = fault.type === null ? undefined : findEntityType(fault.type);
  if (definition?.internal === true) return definition.type === 'note';
  if (definition?.views === false) return true;
  try {
    return isOpenRecord(whole, user, fault) && isOpenVersion(whole, user, fault) && isOpenCommit(whole, fault);
  } catch {
    // Nothing is lost by it: the fault itself is told either way.
    return false;
  }
}

function isOpenRecord(whole: StoreReader, user: string, { type, id }: StoreFault): boolean {
  return type === null || id === null || maySee(whole, user, type, id);
}

function isOpenVersion(whole: StoreReader, user: string, { version }: StoreFault): boolean {
  const hash = VersionHash.safeParse(version);
  return !hash.success || whole.versionByHash(hash.data) === null || sightedStore(whole, user).versionByHash(hash.data) !== null;
}

function isOpenCommit(whole: StoreReader, { commit }: StoreFault): boolean {
  const hash = CommitHash.safeParse(commit);
  const record = hash.success ? whole.commit(hash.data) : null;
  return record === null || !linksOf(whole).isPrivateLine(record.line);
}

function maskFault({ where, table }: StoreFault): StoreFault {
  const nobody = { commit: null, version: null, type: null, id: null, field: null, row: null } as const;
  return { where, table, ...nobody, problem: 'what is stored of a record that is not yours is not what was written' };
}
