/**
 * A refusal: the caller asked for something that cannot be done, and nothing was changed. The code is stable, the data is what a screen
 * needs, the message names the thing and says what to do. Anything else that is thrown is a bug.
 */
export const refusalStatus = {
  BAD_REQUEST: 400,
  INVALID: 422,
  UNKNOWN_TYPE: 422,
  NOT_FOUND: 404,
  EXISTS: 409,
  PROTECTED: 403,
  STALE: 409,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  CONFLICT_OPEN: 409,
  NOT_A_CONFLICT: 409,
  UNSUPPORTED: 422,
  /** The programme's file is damaged or is not ours. */
  DAMAGED: 422,
  /** The programme's file or its disk cannot be written to. */
  READ_ONLY: 423,
  /** The disk is full. */
  STORAGE_FULL: 413,
  /** A long job was cancelled; the state is the one before it. */
  CANCELLED: 409,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

export interface RefusalData {
  /** What kind of thing was refused: 'branch', 'version', 'field', 'file' … */
  readonly what?: string;
  /** The name or id of it, as the caller gave it (cut to 200 characters). */
  readonly id?: string;
  /** For INVALID: each field with what is wrong about it, in words. */
  readonly fields?: readonly { readonly field: string; readonly problem: string; readonly type?: string; readonly id?: string }[];
  readonly [more: string]: unknown;
}

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: RefusalCode;
  readonly data: RefusalData;
  constructor(code: RefusalCode, message: string, data: RefusalData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Shortens what a caller gave so that a refusal can quote it. */
export function quote(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Refuses a name or id that is not there. */
export function notFound(what: string, id: string): RefusedError {
  return new RefusedError('NOT_FOUND', `There is no ${what} “${quote(id)}”.`, { what, id: quote(id) });
}

/** For the end of a `switch` over a closed union. */
export function assertNever(value: never): never {
  throw new Error(`not a case: ${JSON.stringify(value)}`);
}
