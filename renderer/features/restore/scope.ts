import type { RestoreScope } from '../../../shared/contract/app/changes.ts';
import type { DaySpan } from '../../position/position.ts';
import type { CellRef } from '../../position/selection.ts';
import { EntityId } from '../../../shared/ids.ts';

export type ScopeKind = 'cell' | 'personDays' | 'person' | 'days' | 'all';

export interface ScopeChoice {
  readonly kind: ScopeKind;
  readonly scope: RestoreScope;
}

const daysOf: Record<DaySpan, number> = { week: 7, twoWeeks: 14, block: 28, year: 365 };

/** The last day of a stretch that starts at `from`. */
function lastDay(from: string, span: DaySpan): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + (daysOf[span] - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** What can be brought back from here, narrowest first: what is selected, who is selected, which days are shown, everything. */
export function scopeChoices(
  selected: CellRef | null,
  days: { readonly from: string; readonly span: DaySpan } | null,
): readonly ScopeChoice[] {
  const choices: ScopeChoice[] = [];
  const shown = days === null ? null : { from: days.from, to: lastDay(days.from, days.span) };
  if (selected !== null) {
    const personId = EntityId.parse(selected.personId);
    choices.push({ kind: 'cell', scope: { kind: 'cell', personId, date: selected.date, half: selected.half } });
    if (shown !== null) choices.push({ kind: 'personDays', scope: { kind: 'days', ...shown, personId } });
    choices.push({ kind: 'person', scope: { kind: 'person', personId } });
  }
  if (shown !== null) choices.push({ kind: 'days', scope: { kind: 'days', ...shown } });
  choices.push({ kind: 'all', scope: { kind: 'all' } });
  return choices;
}
