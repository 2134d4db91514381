/** What an exported file says about itself: which roster it shows, as of when, and who made it. */
export interface FileStamp {
  readonly programme: string;
  readonly branch: string;
  readonly position: number;
  readonly commit: string | null;
  /** When the branch came to show this; `null` before its first commit. */
  readonly shownAt: string | null;
  /** The moment that was asked for, where it was not now. */
  readonly asOf: string | null;
  readonly madeAt: string;
  readonly madeBy: string;
}

/** `main, change 12 (a1b2c3d4), as of 2026-08-03 09:12 UTC`. */
export function stampText({ branch, position, commit, shownAt, asOf }: FileStamp): string {
  if (commit === null) return `${branch}, before its first change${asOf === null ? '' : `, as of ${instantText(asOf)}`}`;
  return `${branch}, change ${position} (${commit.slice(0, 8)}), as of ${instantText(asOf ?? shownAt ?? '')}`;
}

/** `2026-08-03 09:12 UTC`. */
export function instantText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/**
 * The name of an exported file: what it is, the days, the branch, the position and the start of the commit. Made of letters, digits and marks
 * that every system takes, and not long.
 */
export function fileName(subject: string, { branch, position, commit }: FileStamp, extension: 'xlsx' | 'csv'): string {
  const version = commit === null ? '0' : `${position} ${commit.slice(0, 8)}`;
  return `${safePart(subject, 60)}, ${safePart(branch, 50)} ${version}.${extension}`;
}

function safePart(text: string, longest: number): string {
  const safe = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ()_-]+/gu, '-')
    .replace(/ {2,}/g, ' ');
  return (
    Array.from(safe)
      .slice(0, longest)
      .join('')
      .replace(/^[ .-]+|[ .-]+$/g, '') || 'branch'
  );
}
