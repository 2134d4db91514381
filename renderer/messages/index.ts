import { accessLog } from './en/access-log.ts';
import { app } from './en/app.ts';
import { blame } from './en/blame.ts';
import { branches } from './en/branches.ts';
import { commit } from './en/commit.ts';
import { common } from './en/common.ts';
import { fix } from './en/fix.ts';
import { houseRules } from './en/house-rules.ts';
import { exportFile } from './en/export.ts';
import { history } from './en/history.ts';
import { compare } from './en/compare.ts';
import { importRota } from './en/import.ts';
import { merge } from './en/merge.ts';
import { migration } from './en/migration.ts';
import { notes } from './en/notes.ts';
import { palette } from './en/palette.ts';
import { pick } from './en/pick.ts';
import { programs } from './en/programs.ts';
import { records } from './en/records.ts';
import { restore } from './en/restore.ts';
import { roster } from './en/roster.ts';
import { timeline } from './en/timeline.ts';
import { verify } from './en/verify.ts';
import { views } from './en/views.ts';
import { fill, type Message, type Parameters } from './translate.ts';

/** The catalogue: every text on screen, one file per feature. */
const en = {
  accessLog,
  app,
  blame,
  branches,
  commit,
  common,
  compare,
  exportFile,
  fix,
  history,
  houseRules,
  importRota,
  merge,
  migration,
  notes,
  palette,
  pick,
  programs,
  records,
  restore,
  roster,
  timeline,
  verify,
  views,
} as const;

type Catalogue = typeof en;
/** `group.name` of every message. */
export type MessageKey = { [G in keyof Catalogue]: `${G & string}.${keyof Catalogue[G] & string}` }[keyof Catalogue];

/** The text of a message in the page's language, its parameters filled in. */
export function t(key: MessageKey, parameters: Parameters = {}): string {
  const [group, name] = key.split('.') as [keyof Catalogue, string];
  return fill((en[group] as Readonly<Record<string, Message>>)[name] ?? key, parameters);
}
