import { textCell, type BookRow, type BookSheet } from './book.ts';
import { instantText, stampText, type FileStamp } from './file-stamp.ts';
import { looks } from './looks.ts';

export interface About {
  readonly stamp: FileStamp;
  /** What is in the file, line by line: a heading and what it says. */
  readonly contents: readonly (readonly [string, string])[];
}

/** The sheet that says what the file shows, so that a printed or mailed copy can be held against the history. */
export function aboutSheet({ stamp, contents }: About): BookSheet {
  const lines: readonly (readonly [string, string])[] = [
    ['Programme', stamp.programme],
    ['Shows', stampText(stamp)],
    ['Branch', stamp.branch],
    ['Position', String(stamp.position)],
    ['Commit', stamp.commit ?? 'none yet'],
    ['As of', stamp.asOf === null ? 'the moment it was made' : instantText(stamp.asOf)],
    ['Last change before that', stamp.shownAt === null ? 'none' : instantText(stamp.shownAt)],
    ['Made', `${instantText(stamp.madeAt)} by ${stamp.madeBy}`],
    ...contents,
  ];
  const rows: BookRow[] = [
    { cells: [textCell('About this file', looks.title)], height: 24 },
    ...lines.map(([name, value]) => ({ cells: [textCell(name, { ...looks.head, wrap: true }), textCell(value, looks.wrapped)] })),
  ];
  return { name: 'About', columns: [{ width: 26 }, { width: 90 }], frozen: { rows: 1, columns: 0 }, rows };
}
