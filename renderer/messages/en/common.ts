export const common = {
  appName: 'Rosterline',
  announcements: 'Announcements',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  retry: 'Try again',
  loading: 'Loading…',
  copyDetails: 'Copy details',
  yes: 'yes',
  no: 'no',
  nothing: 'nothing',
} as const;
