export const roster = {
  grid: 'Roster',
} as const;
