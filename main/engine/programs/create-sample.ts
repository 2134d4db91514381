import { sampleCommits, type SampleStep } from '../../sample/sample-commits.ts';
import { branchRef, NOTES_REF } from '../../../shared/versioning/ref-name.ts';
import type { BulkLoad, CommitDraft, LocalStore } from '../local-store/store.ts';
import { makeUuidV7 } from '../ids.ts';
import type { ProgramDeps } from './engine-deps.ts';
import { actingUser } from '../queries/read-session.ts';
import type { RunningJob } from './jobs.ts';
import { linkSampleClinics } from './link-sample-clinics.ts';
import { openStore } from './open-store.ts';

export interface SampleRequest {
  readonly seed?: number | undefined;
  readonly people?: number | undefined;
  readonly years?: number | undefined;
  readonly name?: string | undefined;
}

const sliceMillis = 20;
/** The bar counts thousandths; writing the derived tables takes about the last tenth of the time. */
const wholeBar = 1_000;
const objectsShare = 880;
const lastSampleDay = Date.UTC(2026, 10, 21);

/**
 * Makes a programme with a generated history and answers its id. Works in slices, so that other calls and a cancel are answered meanwhile; a
 * cancelled or failed run leaves nothing behind.
 */
export async function createSampleProgram(deps: ProgramDeps, job: RunningJob, request: SampleRequest): Promise<string> {
  const program = makeUuidV7(deps.clock(), deps.random);
  const steps = sampleCommits(withoutUndefined(request));
  const first = steps.next();
  if (first.done === true) throw new Error('the sample has no steps');
  const begins = Date.parse(momentOf(first.value)) - 1_000;
  const settings = deps.settings.read();
  const { userId, name: userName } = actingUser(settings);
  const { device } = settings;
  let store: LocalStore | undefined;
  try {
    store = openStore({
      file: deps.files.unfinishedFileOf(program),
      clock: deps.clock,
      create: {
        name: request.name ?? 'Sample residency',
        sample: true,
        by: { userId: 'rosterline', userName: 'Rosterline', device },
        at: new Date(begins).toISOString(),
      },
    });
    await load(store, job, { first: first.value, steps, begins });
    linkSampleClinics(deps, store, { userId, userName, device });
    store.close();
    deps.files.complete(program);
  } catch (error) {
    store?.close();
    deps.files.discard(program);
    throw error;
  }
  return program;
}

async function load(
  store: LocalStore,
  job: RunningJob,
  { first, steps, begins }: { readonly first: SampleStep; readonly steps: Iterable<SampleStep>; readonly begins: number },
): Promise<void> {
  const bulk = store.startBulkLoad({ sorted: true });
  const tips = new Map<string, string>();
  let sliceEnds = performance.now() + sliceMillis;
  const pause = async (done: number): Promise<void> => {
    if (performance.now() < sliceEnds) return;
    job.progress(done, wholeBar);
    await job.breathe();
    sliceEnds = performance.now() + sliceMillis;
  };
  try {
    takeStep(bulk, tips, first);
    for (const step of steps) {
      takeStep(bulk, tips, step);
      await pause(objectsShare * Math.min(1, (Date.parse(momentOf(step)) - begins) / (lastSampleDay - begins)));
    }
    let done = objectsShare;
    for (const _progress of bulk.finish()) {
      // How many slices are left is not known; the bar closes in on the end.
      done += (wholeBar - done) / 40;
      await pause(done);
    }
  } catch (error) {
    bulk.cancel();
    throw error;
  }
}

function takeStep(bulk: BulkLoad, tips: Map<string, string>, step: SampleStep): void {
  switch (step.kind) {
    case 'commit':
      tips.set(step.branch, bulk.append(branchRef(step.branch), step.draft));
      return;
    case 'branch': {
      const { name, parent, description, by, at } = step;
      bulk.createBranch({ ref: branchRef(name), parent: branchRef(parent), description, by, at });
      tips.set(name, tips.get(parent) ?? '');
      return;
    }
    case 'note':
      bulk.append(NOTES_REF, noteDraft(step, tips.get(step.branch) ?? ''));
  }
}

function noteDraft(step: SampleStep & { kind: 'note' }, commit: string): CommitDraft {
  return {
    author: step.by.userId,
    authorName: step.by.userName,
    device: step.by.device,
    recordedAt: step.at,
    at: step.at,
    message: step.note === 'tag' ? `Tag ${step.text}` : 'Comment',
    kind: 'edit',
    changes: [{ type: 'note', id: step.id, op: 'create', fields: { kind: step.note, text: step.text, commit } }],
  };
}

function momentOf(step: SampleStep): string {
  return step.kind === 'commit' ? step.draft.at : step.at;
}

function withoutUndefined({ seed, people, years }: SampleRequest): {
  readonly seed?: number;
  readonly people?: number;
  readonly years?: number;
} {
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(people === undefined ? {} : { people }),
    ...(years === undefined ? {} : { years }),
  };
}
