export const verify = {
  screen: 'Integrity check',
  explain:
    'Every version, commit and log entry carries a fingerprint of its content. The check computes them all again from the file and compares the derived tables with a fresh build.',
  run: 'Check everything now',
  running: 'Checking…',
  ok: 'Everything is as it was written',
  okDetail: '{versions} versions, {commits} commits, {refLog} log entries and {derived} derived rows checked in {seconds} s.',
  faults: { one: '{count} place is not as it was written', other: '{count} places are not as they were written' },
  faultsDetail: 'The rest is right. Keep a copy of the file and do not work on the damaged part before it was looked at.',
  table: 'Faults',
  where: 'Where',
  problem: 'What is wrong',
  thing: 'Which',
  row: 'Row',
  copy: 'Copy the list',
} as const;
