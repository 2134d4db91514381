import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away, or `null` when it may go on. */
export type Barred = { readonly status: 401 | 403; readonly code: 'UNAUTHORIZED' | 'FORBIDDEN'; readonly message: string } | null;

/**
 * Who may talk to a host on 127.0.0.1. Any web site can send requests to this address, and a name that an attacker owns can be made to
 * resolve to it; so `Host` must be ours, `Origin` must be ours where it is sent, and every call needs a secret besides.
 */
export interface Access {
  /** Turns away requests that name another host or come from another site. Asked of every request, sockets included. */
  barStrangers(headers: IncomingHttpHeaders): Barred;
  /** Turns away calls of `/api` without the bearer token. */
  barWithoutToken(headers: IncomingHttpHeaders): Barred;
  /** Turns away pages that were not admitted. */
  barWithoutSession(headers: IncomingHttpHeaders): Barred;
  /** Exchanges what stood in the address's fragment for a session: the value of a Set-Cookie header, or `null` when it is not valid. */
  admit(token: string): string | null;
  /** A secret for the address that is given to the system's browser. It works once, since a command line can be read by others. */
  makeTicket(): string;
}

/** Access to the host on this port. `token` is the bearer for `/api`; it admits pages too, as often as needed, for this process's life. */
export function createAccess({ port, token }: { readonly port: number; readonly token: string }): Access {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  const cookieName = `rosterline_${port}`;
  const tickets = new Set<string>();
  const sessions = new Set<string>();

  return {
    barStrangers(headers) {
      if (headers.host === undefined || !hosts.has(headers.host))
        return {
          status: 403,
          code: 'FORBIDDEN',
          message: `This program answers only to the names 127.0.0.1:${port} and localhost:${port}.`,
        };
      if (headers.origin !== undefined && !origins.has(headers.origin))
        return { status: 403, code: 'FORBIDDEN', message: 'This program answers only to its own page.' };
      return null;
    },
    barWithoutToken(headers) {
      const given = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
      if (given !== undefined && sameSecret(given.trim(), token)) return null;
      return {
        status: 401,
        code: 'UNAUTHORIZED',
        message: 'This call needs the header “Authorization: Bearer <token>” with the token that was printed at the start.',
      };
    },
    barWithoutSession(headers) {
      const session = cookieOf(headers.cookie, cookieName);
      if (session !== undefined && sessions.has(session)) return null;
      return { status: 401, code: 'UNAUTHORIZED', message: 'Open the page with the whole address that was printed at the start.' };
    },
    admit(given) {
      if (!tickets.delete(given) && !sameSecret(given, token)) return null;
      const session = randomBytes(24).toString('base64url');
      sessions.add(session);
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
    makeTicket() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.add(ticket);
      return ticket;
    },
  };
}

/** A token nobody can guess, in characters that need no escaping anywhere. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
