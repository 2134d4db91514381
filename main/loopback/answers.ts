import type { ServerResponse } from 'node:http';
import { guardHeaders } from '../page/content-policy.ts';

/** A refusal of the host itself, in the shape that the contract's refusals have. */
export interface HostRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a refusal as `{ defined, code, status, message, data }`. */
export function sendRefusal(response: ServerResponse, refusal: HostRefusal): void {
  const { status, code, message, data = {}, headers = {} } = refusal;
  sendJson(response, status, { defined: false, code, status, message, data }, headers);
}

/** Sends a value as JSON that nobody keeps. */
export function sendJson(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  sendBytes(response, status, { 'content-type': 'application/json', ...headers }, Buffer.from(JSON.stringify(value)));
}

/** Sends bytes with the guard headers. Nothing is kept by the browser unless the headers say so. */
export function sendBytes(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: Uint8Array): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...guardHeaders, 'cache-control': 'no-store', ...headers, 'content-length': body.byteLength });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
