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

/** The line of the notes: tags and comments. */
export const NOTES_REF = 'notes';
export const MAIN_REF = branchRef('main');
