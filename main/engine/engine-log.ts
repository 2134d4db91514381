/** Where the engine tells what happened. Ids and counts only: never names, never what a roster says. */
export type EngineLog = (
  level: 'error' | 'info' | 'debug',
  message: string,
  details?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

export const silentLog: EngineLog = () => undefined;
