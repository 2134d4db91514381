import { actingUser } from '../queries/read-session.ts';
import { makeUuidV7 } from '../ids.ts';
import type { ProgramDeps } from './engine-deps.ts';
import { openStore } from './open-store.ts';

/** Makes the file of an empty programme and answers its id. A crash in the middle leaves nothing that counts as a programme. */
export function createEmptyProgram(deps: ProgramDeps, { name }: { readonly name: string }): string {
  const program = makeUuidV7(deps.clock(), deps.random);
  const settings = deps.settings.read();
  const { userId, name: userName } = actingUser(settings);
  const file = deps.files.unfinishedFileOf(program);
  try {
    openStore({ file, clock: deps.clock, create: { name, sample: false, by: { userId, userName, device: settings.device } } }).close();
    deps.files.complete(program);
  } catch (error) {
    deps.files.discard(program);
    throw error;
  }
  return program;
}
