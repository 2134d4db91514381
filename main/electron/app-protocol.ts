import { protocol, type Session } from 'electron';
import { guardHeaders } from '../page/content-policy.ts';
import type { PageFiles } from '../page/page-files.ts';
import { pageHost, pageScheme } from './origin.ts';

/** Must run before the application is ready: makes `app:` a secure scheme with an origin of its own. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, corsEnabled: false } },
  ]);
}

/** Serves the built page on `app://rosterline/` from memory, with its policy and a fresh nonce; everything else is not found. */
export function servePage(session: Session, files: PageFiles): void {
  session.protocol.handle(pageScheme, (request) => {
    const url = URL.parse(request.url);
    const file = url?.host === pageHost && request.method === 'GET' ? files(url.pathname, []) : null;
    if (file === null)
      return new Response('There is nothing at this address.', { status: 404, headers: { ...guardHeaders, 'content-type': 'text/plain' } });
    return new Response(file.body, { headers: file.headers });
  });
}
