export type LogLevel = 'error' | 'info' | 'debug';

/** Writes one line about what happened. Ids and counts only: never names, never what a roster says. */
export type Log = (level: LogLevel, message: string, details?: Readonly<Record<string, string | number | boolean | null>>) => void;

/**
 * A log that writes to stderr, since stdout belongs to the host's one line of JSON. `debug` is written only when `RL_DEBUG` is set.
 */
export const logToStderr: Log = (level, message, details = {}) => {
  if (level === 'debug' && !process.env['RL_DEBUG']) return;
  const more = Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  process.stderr.write(`${[new Date().toISOString(), level, message, ...more].join(' ')}\n`);
};
