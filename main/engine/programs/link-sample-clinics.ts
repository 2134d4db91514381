import { MAIN_REF, viewRef } from '../../../shared/versioning/ref-name.ts';
import { makeUuidV7 } from '../ids.ts';
import type { Actor, LocalStore } from '../local-store/store.ts';
import { attached, linkToFields } from '../views/view-records.ts';
import type { ProgramDeps } from './engine-deps.ts';

/**
 * Puts the clinics of a sample programme on the list of the one who made it, so that the first look at the clinics shows some. They stay open
 * to everybody.
 */
export function linkSampleClinics(deps: Pick<ProgramDeps, 'clock' | 'random'>, store: LocalStore, by: Actor): void {
  const clinics = [...store.entitiesAt('clinic', store.placeAt(MAIN_REF))];
  if (clinics.length === 0) return;
  const ref = viewRef(by.userId);
  store.createBranch({ ref, parent: null, by });
  store.appendCommit(ref, {
    author: by.userId,
    authorName: by.userName,
    device: by.device,
    recordedAt: new Date(deps.clock()).toISOString(),
    message: 'Attach to the clinics of the sample',
    kind: 'generate',
    changes: clinics.map(({ type, id }) => ({
      type: 'view_link',
      id: makeUuidV7(deps.clock(), deps.random),
      op: 'create' as const,
      fields: linkToFields({ type, id, ...attached }),
    })),
  });
}
