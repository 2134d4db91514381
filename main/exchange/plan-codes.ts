import { findActivityCode, activityCodes, rotationCode } from '../../shared/roster/codes.ts';
import type { ImportIssue, ImportPlan, ImportState, RotaCell, RotaDecisions, RotaPerson, RotaReading } from './rota.ts';

export interface CodesPlan {
  readonly list: ImportPlan['preview']['codes'];
  /** Codes nobody knows and nobody has decided about, most used first. */
  readonly questions: string[];
  readonly issues: readonly ImportIssue[];
  /** The code that a code of the file becomes; `null` where it is left out on purpose. */
  decide(code: string): string | null;
}

/**
 * Tells the codes that are known (standard ones in any case, rotations and codes of the branch exactly) from those a person must decide
 * about. A decision holds for a known code too. Cells for which `isNoCode` holds say something else than a code.
 */
export function planCodes(
  reading: RotaReading,
  state: ImportState,
  decisions: RotaDecisions,
  isNoCode: (person: RotaPerson, cell: RotaCell) => boolean,
): CodesPlan {
  const used = new Map<string, { count: number; first: string }>();
  for (const person of reading.people)
    for (const cell of person.cells) {
      if (cell.kind !== 'code' || isNoCode(person, cell)) continue;
      const entry = used.get(cell.code) ?? { count: 0, first: cell.where };
      used.set(cell.code, { ...entry, count: entry.count + 1 });
    }
  const onBranch = new Set([...state.codes, ...state.rotations.map(({ fields }) => rotationCode(fields))]);
  const byCode = new Map<string, ImportPlan['preview']['codes'][number]>();
  for (const [code, { count }] of used) byCode.set(code, { code, count, ...decideCode(code, onBranch, decisions) });
  const list = [...byCode.values()].toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  const open = list.filter(({ decision }) => decision === 'open');
  return {
    list,
    questions: open.map(({ code }) => code),
    issues: open.map(({ code, count }) =>
      describeQuestion(code, count, used.get(code)?.first ?? '', suggestCode(code, count, list, onBranch)),
    ),
    decide(code) {
      const entry = byCode.get(code);
      return entry?.decision === 'skip' ? null : (entry?.mapsTo ?? code);
    },
  };
}

function decideCode(code: string, onBranch: ReadonlySet<string>, decisions: RotaDecisions) {
  const known = onBranch.has(code) || findActivityCode(code) !== undefined;
  const decided = decisions.codes !== undefined && Object.hasOwn(decisions.codes, code) ? decisions.codes[code] : undefined;
  if (decided?.use === 'map') return { known, decision: 'map', mapsTo: decided.code } as const;
  if (decided?.use === 'skip') return { known, decision: 'skip', mapsTo: null } as const;
  if (known) return { known, decision: 'known', mapsTo: null } as const;
  return { known, decision: decided?.use === 'keep' || decisions.keepAllCodes === true ? 'keep' : 'open', mapsTo: null } as const;
}

function describeQuestion(code: string, count: number, where: string, suggestion: string | null): ImportIssue {
  return {
    kind: 'unknown-code',
    severity: 'error',
    where,
    text:
      `“${code}” is no code the programme knows (${count} ${count === 1 ? 'half day' : 'half days'}, first in ${where}). ` +
      `Take it as a new code, map it to another, or leave it out.${suggestion === null ? '' : ` Did they mean “${suggestion}”?`}`,
    data: { code, count, suggestion },
  };
}

/** A code that differs only in capitals or blanks, or in one letter where there are at least four: known, or more frequent in the file. */
function suggestCode(code: string, count: number, list: CodesPlan['list'], onBranch: ReadonlySet<string>): string | null {
  const others = [
    ...onBranch,
    ...activityCodes.map((each) => each.code),
    ...list.filter((each) => each.known || each.count > count).map((each) => each.code),
  ].filter((other) => other !== code);
  const folded = foldCode(code);
  return (
    others.find((other) => foldCode(other) === folded) ??
    (folded.length < 4 ? null : (others.find((other) => isOneEditAway(foldCode(other), folded)) ?? null))
  );
}

const foldCode = (code: string) => code.replace(/[\s-]+/g, '').toUpperCase();

function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
