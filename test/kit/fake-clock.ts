/** A clock that stands still until it is told to go on. Calling it gives milliseconds since 1970. */
export interface FakeClock {
  (): number;
  advance(millis: number): void;
  set(instant: string): void;
  /** The time now as an instant. */
  instant(): string;
}

export function createFakeClock(start = '2026-08-03T09:00:00.000Z'): FakeClock {
  let now = Date.parse(start);
  return Object.assign(() => now, {
    advance: (millis: number) => {
      now += millis;
    },
    set: (instant: string) => {
      now = Date.parse(instant);
    },
    instant: () => new Date(now).toISOString(),
  });
}
