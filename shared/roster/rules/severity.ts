import type { Severity } from './clash.ts';

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Whether one severity weighs more than another. */
export function isGraver(severity: Severity, than: Severity): boolean {
  return order[severity] < order[than];
}

/** The gravest first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return order[a] - order[b];
}
