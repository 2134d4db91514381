import type { StoreFault, VerifyReport } from '../local-store/store.ts';
import type { Jobs } from '../programs/jobs.ts';
import type { StoreReader } from '../reader.ts';

const sliceMillis = 20;

/** Checks everything the programme's file holds, in slices between which other calls are answered. People can watch it and stop it. */
export function runVerify(
  { store, jobs }: { readonly store: StoreReader; readonly jobs: Jobs },
  { full }: { readonly full: boolean },
): Promise<VerifyReport & { readonly faults: StoreFault[] }> {
  return jobs.run({ kind: 'verify', label: 'Checking the stored history' }, async (job) => {
    const slices = store.verifySlices({ full });
    let sliceEnds = performance.now() + sliceMillis;
    try {
      for (;;) {
        const slice = slices.next();
        if (slice.done === true) return { ...slice.value, faults: [...slice.value.faults] };
        if (performance.now() < sliceEnds) continue;
        job.progress(slice.value.done, slice.value.total);
        await job.breathe();
        sliceEnds = performance.now() + sliceMillis;
      }
    } finally {
      // Closes what the check had open when it was stopped in the middle.
      slices.return?.({ ok: false, checked: { versions: 0, commits: 0, refs: 0, refLog: 0, derived: 0 }, faults: [], millis: 0 });
    }
  });
}
