/** The ref of a branch: refs of branches live under `heads/`, so that no branch can take the name of a line of another kind. */
export function branchRef(name: string): string {
  return `heads/${name}`;
}

/** The name people know a ref by: the branch's name, or the ref itself where it is no branch. */
export function refToName(ref: string): string {
  return ref.startsWith('heads/') ? ref.slice('heads/'.length) : ref;
}

export function isBranchRef(ref: string): boolean {
  return ref.startsWith('heads/');
}

/** The ref of a user's view: the line of the own versions laid over any branch. */
export function viewRef(userId: string): string {
  return `views/${userId}`;
}

/** Whose view a ref is; `null` for a ref of another kind. */
export function viewOwner(ref: string): string | null {
  return ref.startsWith('views/') ? ref.slice('views/'.length) : null;
}

/** Whether a line is nobody's but its user's, or only for those who decide: no answer about the programme speaks of it. */
export function isKeptApart(ref: string): boolean {
  return viewOwner(ref) !== null || ref === ACCESS_REF;
}

/** The line of the notes: tags and comments. */
export const NOTES_REF = 'notes';
/** The line on which it is kept who asked to see what is masked. */
export const ACCESS_REF = 'access';
export const MAIN_REF = branchRef('main');
