import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskRefusal } from './disk-refusal.ts';

/** What a local user may do: look; change branches that are not protected; also protected ones, and decide about protection and rules. */
const roles = ['viewer', 'editor', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

// Who was here before there were roles may do everything.
const User = z.object({ userId: z.string().min(1), name: z.string().min(1), role: z.enum(roles).default('admin') });

const SettingsFile = z.object({
  /** Names this computer in commits. */
  device: z.string().min(1),
  /** Who acts here until somebody else is chosen. */
  acting: z.string().min(1),
  users: z.array(User).min(1),
  /** The programme that is opened at the next start. */
  lastProgram: z.string().nullable(),
  /** When each programme was opened last, by its id. */
  openedAt: z.record(z.string(), z.string()),
  /** The days that hold assignments in the programme opened last, at one commit: what the next start shows before it has read them all. */
  days: z.object({ program: z.string(), commit: z.string(), from: z.string(), to: z.string() }).nullish(),
});

export type User = z.infer<typeof User>;
export type Settings = z.infer<typeof SettingsFile>;

export interface SettingsStore {
  read(): Settings;
  /** Writes the whole file under a temporary name first, so that a crash leaves the old settings or the new ones. */
  change(change: (settings: Settings) => Settings): Settings;
}

/**
 * The settings of one data folder, kept apart from the programmes. A file that cannot be understood is set aside under another name,
 * never overwritten, and the defaults are taken.
 */
export function openSettings(options: {
  readonly dataDir: string;
  readonly defaults: { readonly device: string; readonly user: User };
  readonly onSetAside?: (file: string) => void;
}): SettingsStore {
  const file = join(options.dataDir, 'settings.json');
  let settings = readSettings(file, options.onSetAside) ?? {
    device: options.defaults.device,
    acting: options.defaults.user.userId,
    users: [options.defaults.user],
    lastProgram: null,
    openedAt: {},
  };
  return {
    read: () => settings,
    change(change) {
      const next = change(settings);
      mkdirSync(options.dataDir, { recursive: true });
      writeWhole(file, `${JSON.stringify(next, null, 2)}\n`);
      settings = next;
      return settings;
    },
  };
}

function readSettings(file: string, onSetAside?: (file: string) => void): Settings | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const parsed = SettingsFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const aside = `${file}.unreadable-${Date.now()}`;
  renameSync(file, aside);
  onSetAside?.(aside);
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeWhole(file: string, text: string): void {
  const temporary = `${file}.new`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    throw diskRefusal(error, { what: 'settings', file }) ?? error;
  }
}
