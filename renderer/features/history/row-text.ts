import { instantText } from '../../ui/format.ts';
import type { HistoryRow } from './cell-history.ts';

/** A version as one line of text, for an e-mail or a ticket. */
export function rowText({ entry }: HistoryRow, subject: string): string {
  const why = entry.reason ?? entry.message;
  return `${subject}: ${entry.text} (v${entry.position}, ${entry.userName}, ${instantText(entry.officialAt)}, ${why}) ${entry.version.slice(0, 12)}`;
}
