import list from '../../assets/sample/rotations.json' with { type: 'json' };

/** A rotation of the sample programme as its input file describes it. */
export interface RotationInput {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly category: string;
  /** Of its colour, in degrees; `null` for the grey of free time. */
  readonly hue: number | null;
  /** People per half day for a programme of 27. */
  readonly minimum?: number;
  readonly capacity?: number;
  readonly location?: string;
  readonly supervision?: boolean;
}

export const rotationList: readonly RotationInput[] = list;

export const rotationByCode: ReadonlyMap<string, RotationInput> = new Map(rotationList.map((rotation) => [rotation.code, rotation]));

/** Work that somebody else must do when its owner is away. */
export const inpatientCodes: ReadonlySet<string> = new Set(['FMIT', 'ICU', 'PW', 'NF', 'LND']);

/** Outpatient work and free days that may be given up to cover a ward. */
const replaceable: ReadonlySet<string> = new Set(
  rotationList
    .filter((rotation) => rotation.kind === 'outpatient' && !['AT', 'ED'].includes(rotation.code))
    .map((rotation) => rotation.code)
    .concat('ADV', 'PI', 'FLX', 'ADM', 'HV', 'GME', 'W', 'HOL', 'LEC'),
);

export function isReplaceable(code: string): boolean {
  return replaceable.has(code);
}

/** Clinic work that residents do under an attending. */
export function needsAttending(code: string): boolean {
  return code === 'C' || code === 'CV';
}

/** How many people of a rotation a half day needs at least; 0 when nobody asks. */
export function minimumOf(code: string, people: number): number {
  return Math.floor(((rotationByCode.get(code)?.minimum ?? 0) * people) / 27);
}

/** The wards whose minimum the plan keeps, most senior first. */
export const coveredCodes: readonly string[] = ['ICU', 'FMIT', 'PW'];
