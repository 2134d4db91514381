export const common = {
  announcements: 'Announcements',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  retry: 'Try again',
  loading: 'Loading…',
  copyDetails: 'Copy details',
  nothing: 'nothing',
} as const;
