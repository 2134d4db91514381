import { randomBytes } from 'node:crypto';

/** Stands in the built `index.html` where a fresh nonce goes at each load. */
export const noncePlaceholder = '__CSP_NONCE__';

/** A nonce for one load of the page. */
export function makeNonce(): string {
  return randomBytes(18).toString('base64');
}

/**
 * The page's content security policy: its own files and nothing else. Styles that the controls' library makes at run time carry the load's
 * nonce; there is no inline script and no eval. `connect` names where the page may talk to; in Electron that is nowhere.
 */
export function contentPolicy(nonce: string, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect.length === 0 ? "'none'" : connect.join(' ')}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Headers of every answer, whatever it carries. */
export const guardHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy':
    'accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
};
