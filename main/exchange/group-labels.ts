import type { RotaGroup } from './rota.ts';

/** The groups in words, as the preview shows them. */
export const groupLabels: Readonly<Record<RotaGroup, string>> = {
  resident: 'Residents',
  faculty: 'Faculty',
  med_student: 'Medical students',
  rotating_intern: 'Rotating interns',
  staff: 'Other staff',
  unknown: 'People',
};
