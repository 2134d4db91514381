import { defineEntityType, type FieldProblem } from '../definition.ts';
import { choiceField, dateField, integerField, numberField, numberOf, objectField, textOf } from '../field.ts';
import { parseDay } from '../slot.ts';

const algorithms: ReadonlyMap<string, string> = new Map([
  ['greedy', 'greedy'],
  ['cp_sat', 'CP-SAT'],
  ['pulp', 'PuLP'],
  ['hybrid', 'hybrid'],
  ['min_conflicts', 'fewest conflicts'],
]);

const count = { min: 0, max: 10_000_000 } as const;

export const scheduleRun = defineEntityType({
  type: 'schedule_run',
  label: 'schedule run',
  plural: 'schedule runs',
  fields: {
    startDate: dateField('First day', { required: true }),
    endDate: dateField('Last day', { required: true }),
    algorithm: choiceField('Algorithm', Object.fromEntries(algorithms)),
    status: choiceField('Status', { success: 'success', partial: 'partial', failed: 'failed' }),
    totalBlocksAssigned: integerField('Assignments made', count),
    acgmeViolations: integerField('ACGME violations', count),
    acgmeOverrideCount: integerField('ACGME overrides', count),
    runtimeSeconds: numberField('Runtime in seconds', { min: 0, max: 99_999_999.99, decimals: 2 }),
    config: objectField('Configuration', { max: 100_000 }),
  },
  title: (fields) => `Schedule run ${textOf(fields, 'startDate') ?? ''} to ${textOf(fields, 'endDate') ?? ''}`,
  text: (fields) => {
    const made = numberOf(fields, 'totalBlocksAssigned');
    return [
      `Schedule run ${textOf(fields, 'startDate') ?? ''} to ${textOf(fields, 'endDate') ?? ''}`,
      algorithms.get(textOf(fields, 'algorithm') ?? ''),
      textOf(fields, 'status'),
      made === null ? null : made === 1 ? '1 assignment' : `${made} assignments`,
    ]
      .filter(Boolean)
      .join(', ');
  },
  axes: (fields) => {
    const first = parseDay(textOf(fields, 'startDate') ?? '');
    const last = parseDay(textOf(fields, 'endDate') ?? '');
    return first === null || last === null || last < first ? null : { subject: null, from: first * 2, to: last * 2 + 1 };
  },
  checkRecord: (fields): readonly FieldProblem[] => {
    const first = textOf(fields, 'startDate');
    const last = textOf(fields, 'endDate');
    return first !== null && last !== null && last < first
      ? [{ field: 'endDate', problem: `Last day ${last} lies before the first day ${first}.` }]
      : [];
  },
});
