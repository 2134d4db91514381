import { notFound } from '../../../shared/errors.ts';
import type { CommitHash, Instant } from '../../../shared/ids.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { planReversal, type ReversalPlan } from '../queries/plan-reversal.ts';
import type { Writer } from '../reader.ts';
import { askerOf, migrationToFields, migrationType, refuseUnlessMigrator } from '../views/migration-records.ts';
import { appendToAccess } from '../views/write-access.ts';
import { appendToView, draftLink } from '../views/write-view.ts';
import { appendOnTip } from './append-gesture.ts';
import { inPortions } from './in-portions.ts';
import { refuseProtected } from './refuse-protected.ts';

export interface ReversalAnswer {
  readonly masters: number;
  readonly links: number;
  readonly keptTotal: number;
  readonly commit: CommitHash | null;
  readonly at: Instant;
}

/**
 * Takes a migration back: removes the records and ends the links that it made and nobody has used since, as commits with a reason. A second time
 * there is nothing more to remove. Refuses FORBIDDEN whoever may not, NOT_FOUND a migration that never was, or whose branch was deleted.
 */
export function reverseMigration(
  writer: Writer,
  { migration, reason }: { readonly migration: string; readonly reason: string },
): ReversalAnswer {
  refuseUnlessMigrator(askerOf(writer));
  const plan = planReversal(writer.whole, writer.users, migration);
  const { record, branch, masters, links, kept } = plan;
  if (branch === null && record.masters > 0) throw notFound('branch', refToName(record.ref));
  if (branch !== null) refuseProtected(writer, branch.ref);
  const keptTotal = kept.length;
  if (masters.length === 0 && links.length === 0 && record.reversedAt !== null)
    return { masters: 0, links: 0, keptTotal, commit: null, at: writer.whole.refLog({ limit: 1 })[0]?.at ?? record.reversedAt };

  const { plural } = entityTypeOf(record.type);
  const said = { message: `Take back the migration of ${plural}`, reason };
  // The links end first: a record goes only when nobody works with it.
  const ended = endLinks(writer, plan, said);
  const removed = inPortions(masters).map((portion) =>
    appendOnTip(writer, branch?.ref ?? '', {
      ...said,
      kind: 'edit',
      changes: portion.map((id) => ({ type: record.type, id, op: 'delete', fields: null })),
    }),
  );
  const times = [...removed.map(({ at }) => at), ...ended];
  if (record.reversedAt === null) times.push(markReversed(writer, plan, said));
  return {
    masters: masters.length,
    links: links.length,
    keptTotal,
    commit: removed.at(-1)?.commit ?? null,
    at: times.toSorted().at(-1) ?? record.at,
  };
}

interface Said {
  readonly message: string;
  readonly reason: string;
}

/**
 * Ends the links. They stay as records of the past: that only linked users see what the migration made must hold for the history too, after the
 * last link has ended.
 */
function endLinks(writer: Writer, { links }: ReversalPlan, said: Said): Instant[] {
  const byUser = Map.groupBy(links, ({ user }) => user);
  return [...byUser].flatMap(([user, theirs]) =>
    inPortions(theirs).map((portion) => {
      const changes = portion.map(({ link }) => draftLink(writer, link, link, { linked: false, first: false, migration: null }));
      return appendToView(writer, { ...said, changes, user }).at;
    }),
  );
}

function markReversed(writer: Writer, { record }: ReversalPlan, { message, reason }: Said): Instant {
  const fields = migrationToFields(record, true);
  const changes = [{ type: migrationType, id: record.migration, op: 'update' as const, fields }];
  return appendToAccess(writer, { message, reason, kind: 'edit', changes }).at;
}
