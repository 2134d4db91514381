/** The page's own scheme and host. Nothing is loaded from anywhere else. */
export const pageScheme = 'app';
export const pageHost = 'rosterline';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/**
 * Whether an address is the page's own, by its parsed parts and never by how it begins. While developing, the build server's address is
 * ours too; a packaged program passes `null`.
 */
export function isOurs(address: string, developing: string | null): boolean {
  const url = URL.parse(address);
  if (
    url === null ||
    url.username !== '' ||
    url.password !== '' ||
    url.port !== (developing === null ? '' : (URL.parse(developing)?.port ?? ''))
  )
    return false;
  if (developing !== null) return url.origin === URL.parse(developing)?.origin && url.origin !== 'null';
  return url.protocol === `${pageScheme}:` && url.host === pageHost;
}
