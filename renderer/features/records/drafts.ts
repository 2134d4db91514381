import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { valueOf, type Fields, type Json } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { reportTyped } from '../../client/unsaved.ts';

/** What somebody typed into a form and has not saved. It lives on while the page shows something else. */
export interface Draft {
  /** The number that was seen when the first field was typed. */
  readonly base: number | null;
  readonly typed: Readonly<Record<string, Json>>;
  /** What each typed field said when it was first typed in. */
  readonly before: Readonly<Record<string, Json>>;
  readonly summary: string;
}

/** The record as it is seen, as far as a form needs it. */
export interface SeenNow {
  readonly version: number | null;
  readonly fields: Fields;
}

interface DraftsState {
  readonly byRecord: ReadonlyMap<string, Draft>;
  /** Types into one field; typing what is seen anyway takes it back. */
  type(record: string, seen: SeenNow, field: string, value: Json): void;
  explain(record: string, seen: SeenNow, summary: string): void;
  /** Takes back what was typed in one field. */
  dropField(record: string, field: string): void;
  drop(record: string): void;
}

/** The forms that hold something typed. Made by a function so that a test has its own. */
export function createDraftStore() {
  return createStore<DraftsState>((set) => {
    const change = (record: string, next: (draft: Draft | undefined) => Draft | undefined): void =>
      set(({ byRecord }) => {
        const changed = new Map(byRecord);
        const draft = next(byRecord.get(record));
        if (draft === undefined || (Object.keys(draft.typed).length === 0 && draft.summary === '')) changed.delete(record);
        else changed.set(record, draft);
        return { byRecord: changed };
      });
    return {
      byRecord: new Map(),
      type: (record, seen, field, value) =>
        change(record, (draft = startFrom(seen)) => {
          const known = Object.hasOwn(draft.typed, field);
          const now = valueOf(seen.fields, field);
          if (sameJson(value, now)) return without(draft, field);
          return {
            ...draft,
            typed: { ...draft.typed, [field]: value },
            before: { ...draft.before, [field]: known ? (draft.before[field] ?? null) : now },
          };
        }),
      explain: (record, seen, summary) => change(record, (draft = startFrom(seen)) => ({ ...draft, summary })),
      dropField: (record, field) => change(record, (draft) => draft && without(draft, field)),
      drop: (record) => change(record, () => undefined),
    };
  });
}

/** The fields that were typed in and that say something else by now than when they were. */
export function changedMeanwhile(draft: Draft, seen: SeenNow): readonly string[] {
  return Object.keys(draft.typed).filter((field) => {
    const now = valueOf(seen.fields, field);
    return !sameJson(draft.before[field] ?? null, now) && !sameJson(draft.typed[field] ?? null, now);
  });
}

/** The drafts of this page. */
export const drafts = createDraftStore();
drafts.subscribe(({ byRecord }) => reportTyped([...byRecord.values()].filter(({ typed }) => Object.keys(typed).length > 0).length));

/** What is typed into the form of a record; `undefined` where nothing is. */
export function useDraft(record: string): Draft | undefined {
  return useStore(drafts, (state) => state.byRecord.get(record));
}

function startFrom(seen: SeenNow): Draft {
  return { base: seen.version, typed: {}, before: {}, summary: '' };
}

function without(draft: Draft, field: string): Draft {
  const typed = { ...draft.typed };
  const before = { ...draft.before };
  delete typed[field];
  delete before[field];
  return { ...draft, typed, before };
}
