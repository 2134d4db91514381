import type { Instant } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { Resolution } from '../../../shared/versioning/conflict.ts';
import type { MergeStep } from '../local-store/merge-table.ts';

/** Who chose something, when and why. */
export interface Chooser {
  readonly author: string;
  readonly authorName: string;
  readonly at: Instant;
  readonly reason: string | null;
}

/** A decision for one conflict, as it is kept and as it goes into the merge commit. */
export interface Choice extends Chooser {
  readonly conflict: string;
  /** The three values it was made for; with other values it no longer holds. */
  readonly stands: string;
  readonly resolution: Resolution;
  readonly by: 'person' | 'rule' | 'memory';
  /** The house rule that decided, or the merge commit where the same was decided before. */
  readonly origin: string | null;
}

export interface RepairChange {
  readonly op: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly id: string;
  readonly fields: Fields | null;
  /** The record on the target when the repair was taken. */
  readonly before: Fields | null;
}

/** A repair that somebody took: changes that are laid over the merged state as long as it stands as it stood then. */
export interface AppliedRepair extends Chooser {
  readonly clash: string;
  readonly clashText: string;
  readonly repair: string;
  readonly text: string;
  /** SHA-256 of the records as they stood before the repair. */
  readonly stands: string;
  readonly changes: readonly RepairChange[];
}

/** What is kept of one gesture in a merge. Nothing is ever changed: taking back is an entry of its own. */
export type MergeStepBody =
  | ({ readonly do: 'decide' } & Choice)
  /** Leaves a conflict open, also where a house rule would decide it. */
  | { readonly do: 'open'; readonly conflict: string; readonly stands: string }
  | { readonly do: 'undo'; readonly group: number }
  | ({ readonly do: 'repair' } & AppliedRepair)
  | { readonly do: 'unrepair'; readonly clash: string };

/** What stands after everything that was chosen in a merge. */
export interface ChosenState {
  /** The latest decision for each conflict, by its id. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** Conflicts that were left open on purpose, with the three values they had then. */
  readonly opened: ReadonlyMap<string, string>;
  readonly repairs: readonly AppliedRepair[];
  /** The group that `undo` takes back next; `null` when there is none. */
  readonly lastGroup: number | null;
}

/** Replays the entries of a merge. */
export function replaySteps(steps: readonly MergeStep[]): ChosenState {
  const entries = steps.map(({ group, body }) => ({ group, body: parseStep(body) }));
  const undone = new Set(entries.flatMap(({ body }) => (body.do === 'undo' ? [body.group] : [])));
  const chosen = new Map<string, { readonly choice: Choice; readonly group: number }>();
  const opened = new Map<string, string>();
  const repairs = new Map<string, AppliedRepair>();
  for (const { group, body } of entries) {
    if (undone.has(group)) continue;
    switch (body.do) {
      case 'decide':
        chosen.set(body.conflict, { choice: body, group });
        opened.delete(body.conflict);
        break;
      case 'open':
        chosen.delete(body.conflict);
        opened.set(body.conflict, body.stands);
        break;
      case 'repair':
        repairs.set(body.clash, body);
        break;
      case 'unrepair':
        repairs.delete(body.clash);
        break;
      case 'undo':
        break;
    }
  }
  let lastGroup: number | null = null;
  for (const { group } of chosen.values()) lastGroup = Math.max(lastGroup ?? 0, group);
  return {
    choices: new Map([...chosen].map(([conflict, { choice }]) => [conflict, choice])),
    opened,
    repairs: [...repairs.values()],
    lastGroup,
  };
}

/** A step as the store keeps it. */
export function stepToJson(step: MergeStepBody): Json {
  const json: Json = JSON.parse(JSON.stringify(step));
  return json;
}

/** The store keeps exactly what `stepToJson` gave it. */
function parseStep(body: Json): MergeStepBody {
  return body as unknown as MergeStepBody;
}

/** What a merge commit keeps of each decision: the three values, what was chosen, by whom or by which rule, when and why. */
export interface MergeDecision extends Chooser {
  readonly entity: { readonly type: string; readonly id: string };
  readonly field: string | null;
  readonly kind: string;
  readonly base: Json;
  readonly source: Json;
  readonly target: Json;
  readonly resolution: Resolution;
  /** The value that came out. */
  readonly value: Json;
  /** Where the values are personal: the versions that hold them. */
  readonly hidden?: { readonly base: string | null; readonly source: string | null; readonly target: string | null };
  readonly by: Choice['by'] | 'repair';
  readonly origin: string | null;
  /** The branches, as they were called then. */
  readonly sourceName: string;
  readonly targetName: string;
}

export function decisionToJson(decision: MergeDecision): Json {
  const json: Json = JSON.parse(JSON.stringify(decision));
  return json;
}

/** The decisions of a commit; what another program wrote there in another form is left out. */
export function parseDecisions(stored: readonly Json[]): readonly MergeDecision[] {
  return stored.flatMap((entry) =>
    typeof entry === 'object' && entry !== null && 'entity' in entry && 'resolution' in entry && 'authorName' in entry
      ? [entry as unknown as MergeDecision]
      : [],
  );
}
