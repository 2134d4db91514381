import type { Actor, CommitDraft } from '../engine/local-store/store.ts';

/** What to generate. The same options always give the same steps, to the byte. */
export interface SampleOptions {
  readonly seed?: number;
  /** How many people the roster of now holds: two thirds residents, the rest faculty. At least 3. */
  readonly people?: number;
  /** Academic years up to the current one. */
  readonly years?: number;
}

/**
 * One step of a generated history, in the order of time over all branches. Branch names are short (`main`). A branch starts at the tip that
 * its parent has just then. A note stands on the newest commit of its branch as of this step.
 */
export type SampleStep =
  | { readonly kind: 'commit'; readonly branch: string; readonly draft: CommitDraft & { readonly at: string } }
  | {
      readonly kind: 'branch';
      readonly name: string;
      readonly parent: string;
      readonly description: string;
      readonly by: Actor;
      readonly at: string;
    }
  | {
      readonly kind: 'note';
      readonly id: string;
      readonly branch: string;
      readonly note: 'tag' | 'comment';
      readonly text: string;
      readonly by: Actor;
      readonly at: string;
    };

/** What a whole run of the generator adds up to, for a progress bar. */
export interface SampleTotals {
  readonly commits: number;
  readonly changes: number;
  readonly branches: number;
  readonly notes: number;
  /** Creates and updates of assignments. */
  readonly assignmentVersions: number;
}
