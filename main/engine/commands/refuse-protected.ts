import { quote, RefusedError } from '../../../shared/errors.ts';

/** Whether a branch takes changes only by review. No branch is protected yet; every command that writes to a branch asks here. */
export function isProtected(_branch: string): boolean {
  return false;
}

/** Refuses PROTECTED when the branch does not take direct changes. */
export function refuseProtected(branch: string): void {
  if (isProtected(branch))
    throw new RefusedError('PROTECTED', `The branch “${quote(branch)}” is protected: change a branch of your own and merge it.`, {
      what: 'branch',
      id: quote(branch),
    });
}
