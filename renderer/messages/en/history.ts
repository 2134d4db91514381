export const history = {
  cell: 'Cell',
  person: 'Person',
  versions: 'Versions',
} as const;
