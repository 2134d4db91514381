import type { Gesture } from '../../../shared/contract/app/changes.ts';
import type { StoreReader } from '../reader.ts';
import { findBranch } from './find-branch.ts';
import { findGestures, type FoundGesture } from './find-gestures.ts';
import { hasInverse } from './invert-commit.ts';

/** What undo and redo would do now for a user on a branch, by the names people know the gestures by. */
export function readUndoable(
  store: StoreReader,
  { branch: name, author }: { readonly branch: string; readonly author: string },
): { readonly undo: Gesture | null; readonly redo: Gesture | null } {
  const branch = findBranch(store, name);
  const { undo, redo } = findGestures(store, branch, author);
  const redoes = redo !== null && hasInverse(store, redo.latest, store.placeAt(branch.ref));
  return { undo: undo === null ? null : nameGesture(undo), redo: redoes ? nameGesture(redo) : null };
}

function nameGesture({ gesture }: FoundGesture): Gesture {
  return { commit: gesture.commit, label: gesture.message, at: gesture.at };
}
