import type { IncomingMessage } from 'node:http';

/** The largest body a call may have: an uploaded workbook of 40 MB in base64 fits. */
export const bodyLimitBytes = 64 * 1024 * 1024;

/** How deep JSON may be nested. No call needs ten; a thousand would exhaust the stack of whoever walks it. */
const depthLimit = 100;

export type RequestBody =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> | null }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'broken-off' };

/** Reads a request's body within the limits. An empty body is `null`. A body that is too large is not kept, only counted to the limit. */
export async function readRequestBody(request: IncomingMessage, limit: number = bodyLimitBytes): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return { kind: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'broken-off' };
  }
  if (size === 0) return { kind: 'read', bytes: null };
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return isDeeperThan(bytes, depthLimit) ? { kind: 'too-deep' } : { kind: 'read', bytes };
}

/** Whether brackets and braces of this JSON text are nested deeper than `limit`. Text that is not JSON gives some answer; the parser refuses it. */
function isDeeperThan(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inString) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}
