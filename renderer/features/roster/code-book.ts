import type { EntityRecord, RosterCode } from '../../../shared/contract/app/roster.ts';
import { activityCodes, rotationCode } from '../../../shared/roster/codes.ts';
import type { CellValue } from './edit-plan.ts';

/** A code that can be typed, and what it stands for. */
export interface KnownCode {
  readonly code: string;
  readonly name: string;
  readonly rotationId: string | null;
  readonly color: string | null;
  readonly count: number;
}

export interface CodeBook {
  readonly codes: readonly KnownCode[];
  /** The code that was meant: the same letters, in any case where only one fits. `null` where nothing is known by this text. */
  find(text: string): KnownCode | null;
  /** What fits a text that is still being typed: beginnings first, then parts of codes and names; the most used first. */
  suggest(text: string, limit: number): readonly KnownCode[];
}

/** The codes of a roster: those of its rotations, those in use, and the standard ones. */
export function makeCodeBook(rotations: readonly EntityRecord[], used: readonly RosterCode[]): CodeBook {
  const byCode = new Map<string, KnownCode>();
  for (const rotation of rotations) {
    const code = rotationCode(rotation.fields);
    if (code === '' || rotation.fields['isArchived'] === true || byCode.has(code)) continue;
    const { name, backgroundColor } = rotation.fields;
    byCode.set(code, {
      code,
      name: typeof name === 'string' ? name : code,
      rotationId: rotation.id,
      color: typeof backgroundColor === 'string' ? backgroundColor : null,
      count: 0,
    });
  }
  for (const { code, name, rotationId, background, count } of used) {
    if (code === '') continue;
    const known = byCode.get(code);
    byCode.set(code, known ? { ...known, count } : { code, name, rotationId, color: background, count });
  }
  for (const { code, name } of activityCodes) {
    const known = byCode.get(code);
    if (known === undefined) byCode.set(code, { code, name, rotationId: null, color: null, count: 0 });
    else if (known.name === known.code) byCode.set(code, { ...known, name });
  }
  const codes = [...byCode.values()].toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  const byLetters = Map.groupBy(codes, ({ code }) => code.toLowerCase());
  return {
    codes,
    find(text) {
      const exact = byCode.get(text.trim());
      if (exact) return exact;
      const alike = byLetters.get(text.trim().toLowerCase()) ?? [];
      return alike.length === 1 ? (alike[0] ?? null) : null;
    },
    suggest(text, limit) {
      const wanted = text.trim().toLowerCase();
      if (wanted === '') return codes.slice(0, limit);
      const rank = ({ code, name }: KnownCode): number => {
        const letters = code.toLowerCase();
        if (letters === wanted) return 0;
        if (letters.startsWith(wanted)) return 1;
        if (name.toLowerCase().startsWith(wanted)) return 2;
        return letters.includes(wanted) || name.toLowerCase().includes(wanted) ? 3 : 4;
      };
      return codes
        .map((code) => ({ code, rank: rank(code) }))
        .filter((one) => one.rank < 4)
        .toSorted((a, b) => a.rank - b.rank)
        .slice(0, limit)
        .map((one) => one.code);
    },
  };
}

/** What is written into a cell for a code. A rotation's code names its rotation too; any other leaves the rotation that is there. */
export function codeToValue(book: CodeBook, text: string): CellValue {
  const known = book.find(text);
  if (known === null) return { code: text.trim() };
  return known.rotationId === null ? { code: known.code } : { code: known.code, rotationId: known.rotationId };
}
