import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const WindowState = z.object({
  place: z.object({ x: z.int(), y: z.int() }).nullable(),
  width: z.int().min(640).max(20_000),
  height: z.int().min(480).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const first: WindowState = { place: null, width: 1_440, height: 900, maximized: false };

/** Where the window was when it closed, as far as that is still on a screen; otherwise a size that fits, placed by the system. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState {
  let state: WindowState;
  try {
    state = WindowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No file yet, or not ours: the size is a convenience, not data.
    state = first;
  }
  const { place, maximized, width, height } = state;
  const onScreen =
    place !== null &&
    screens.some(
      (area) =>
        place.x >= area.x - 50 && place.y >= area.y - 50 && place.x < area.x + area.width - 100 && place.y < area.y + area.height - 100,
    );
  const widest = Math.max(...screens.map((area) => area.width), 640);
  const highest = Math.max(...screens.map((area) => area.height), 480);
  return { place: onScreen ? place : null, width: Math.min(width, widest), height: Math.min(height, highest), maximized };
}

/** Keeps the window's place for the next start. A failure is of no consequence and is ignored. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // A full or read-only disk must not keep the window from closing.
  }
}
