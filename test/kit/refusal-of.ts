import { ORPCError } from '@orpc/server';

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly defined: boolean;
  readonly message: string;
  readonly data: any;
}

/** The refusal that a call met. Fails when it was answered, or failed in any other way. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<Refusal> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return { code: error.code, status: error.status, defined: error.defined, message: error.message, data: error.data };
  }
  throw new Error(`expected a refusal, got ${JSON.stringify(answer).slice(0, 300)}`);
}
