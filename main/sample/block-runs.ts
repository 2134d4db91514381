import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import reasons from '../../assets/sample/reasons.json' with { type: 'json' };
import { isSameWork, plainValue } from './board.ts';
import type { Desk, Edit } from './desk.ts';
import { planBlock } from './plan-block.ts';
import type { BlockPlan } from './plan-parts.ts';
import { draftRoles, halfOfRole } from './resident-roles.ts';

/** A draft of a block: how much of it still changes afterwards, and what it is called. */
interface Stage {
  readonly exchanges: number;
  /** Which draw of the clinics and of the faculty's work it uses. */
  readonly clinics: number;
  readonly faculty: number;
  readonly algorithm: string;
  readonly reason: string;
}

const stages: readonly Stage[] = [
  { exchanges: 5, clinics: 1, faculty: 1, algorithm: 'greedy', reason: 'annual plan' },
  { exchanges: 3, clinics: 2, faculty: 2, algorithm: 'hybrid', reason: 'leave requests are in' },
  { exchanges: 1, clinics: 3, faculty: 3, algorithm: 'cp_sat', reason: 'after the residents’ meeting' },
  { exchanges: 0, clinics: 3, faculty: 4, algorithm: 'cp_sat', reason: 'faculty wishes are in' },
];

export const finalStage = stages.length;

/** `Block 8 2025`, `Orientation 2025`. */
export function blockLabel(block: AcademicBlock): string {
  return `${block.name} ${block.academicYear}`;
}

/** Runs the scheduler for a block: the first time it fills it, later it changes what the new draft sees differently. One commit. */
export function runBlock(desk: Desk, block: AcademicBlock, stageNumber: number): Edit | null {
  const { world } = desk;
  const stage = stages[stageNumber - 1];
  if (!stage) return null;
  const runId = world.newId(desk.millis);
  const plan = draftBlock(desk, block, stage);
  const assigned = applyPlan(desk, block, plan, runId);
  if (assigned === 0) return null;
  const isFinal = stageNumber === finalStage;
  if (isFinal) world.finalUntil.day = Math.max(world.finalUntil.day, block.firstDay + block.days - 1);
  const violations = isFinal ? 0 : desk.random.int(8 - stageNumber);
  const run = world.records.put('schedule_run', runId, {
    startDate: block.start,
    endDate: block.end,
    algorithm: stage.algorithm,
    status: violations > 3 ? 'partial' : 'success',
    totalBlocksAssigned: assigned,
    acgmeViolations: violations,
    acgmeOverrideCount: 0,
    runtimeSeconds: Math.round((8 + desk.random.next() * 90) * 100) / 100,
    config: { draft: stageNumber, people: plan.size, keepLeave: true, balanceClinics: stageNumber > 1 },
  });
  const name = stageNumber === 1 ? 'draft 1' : isFinal ? 'final' : `draft ${stageNumber}`;
  return {
    kind: 'generate',
    message: `${blockLabel(block)}: ${name}`,
    reason: stage.reason,
    records: [run],
    comment: isFinal && desk.random.chance(0.4) ? desk.random.pick(reasons.comment) : undefined,
  };
}

function draftBlock(desk: Desk, block: AcademicBlock, stage: Stage): BlockPlan {
  const { world } = desk;
  const part = `${block.academicYear}/${block.number}`;
  const days = Array.from({ length: block.days }, (_, offset) => block.firstDay + offset);
  const roles = draftRoles(world.roles, block, {
    exchanges: stage.exchanges,
    random: world.random(`${part}/roles/${stage.clinics}`),
    mayTake: (member, role) =>
      days.every((day) => world.away.code(member, day) === null || !['FMIT', 'ICU', 'PW', 'NF'].includes(halfOfRole(role, block, day))),
  });
  return planBlock({
    block,
    people: world.people,
    faculty: world.serving(block.firstDay).filter((member) => member.kind === 'faculty'),
    roles,
    awayCode: world.away.code,
    codeBefore: (member) => desk.board.codeAt(member, block.firstDay * 2 - 1),
    daysOff: world.daysOff,
    clinicRandom: world.random(`${part}/clinics/${stage.clinics}`),
    facultyRandom: world.random(`${part}/faculty/${stage.faculty}`),
  });
}

function applyPlan(desk: Desk, block: AcademicBlock, plan: BlockPlan, runId: string): number {
  let assigned = 0;
  for (const [member, row] of plan) {
    for (const [index, code] of row.entries()) {
      const slot = block.firstDay * 2 + index;
      const isAway = desk.world.away.code(member, slot >> 1) !== null;
      const value = plainValue(member, code, isAway ? 'preload' : 'solver');
      const known = desk.board.cell(member, slot)?.value;
      if (known && isSameWork(known, value)) continue;
      const confidence = isAway ? {} : { confidence: Math.round((0.6 + desk.random.next() * 0.39) * 100) / 100 };
      desk.gesture.set(member, slot, { ...value, run: runId, ...confidence });
      assigned++;
    }
  }
  return assigned;
}
