import type { CommitHash } from '../ids.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';

/** One move of a ref, as its hash covers it. */
export interface RefMove {
  readonly seq: number;
  readonly ref: number;
  readonly old: CommitHash | null;
  readonly new: CommitHash | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly author: string;
  readonly device: string;
  /** JSON text; `null` for a commit. */
  readonly cause: string | null;
  /** The hash of the entry before; `null` for the first. */
  readonly previous: string | null;
}

/** Chains the entry to all before it: SHA-256 of its canonical JSON, 64 hex. */
export function hashRefMove(move: RefMove): string {
  const { seq, ref, old, new: next, at, author, device, cause, previous } = move;
  return sha256(canonicalJson({ seq, ref, old, new: next, at, author, device, cause, previous }));
}
