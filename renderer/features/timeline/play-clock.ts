/** How fast the history plays: versions a second are twice this. */
const speeds = [1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

const stepsPerSecond = 2;

/** The next faster speed; the fastest stays. */
export function faster(speed: Speed): Speed {
  return speeds[Math.min(speeds.indexOf(speed) + 1, speeds.length - 1)] ?? speed;
}

/** The speed after this one, and from the fastest back to the slowest: one button for all. */
export function nextSpeed(speed: Speed): Speed {
  return speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? speed;
}

/**
 * How many steps are due after `elapsed` milliseconds of playing, and what is left over for the next time. A page that was slow for a while
 * catches up by at most one second, so that it never races through what nobody saw.
 */
export function stepsDue(elapsed: number, speed: Speed, carry: number): { readonly steps: number; readonly carry: number } {
  const due = carry + (Math.min(elapsed, 1_000) / 1_000) * stepsPerSecond * speed;
  const steps = Math.floor(due + 1e-9);
  return { steps, carry: Math.max(0, due - steps) };
}
