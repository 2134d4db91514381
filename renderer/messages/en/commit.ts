export const commit = {
  title: 'Version {position}',
} as const;
