import type { App, Session, WebContents, WebPreferences } from 'electron';
import type { Log } from '../log.ts';
import { isOurs } from './origin.ts';

/** What every window is made with. Electron's defaults say the same today; the assertion below makes sure that they do tomorrow. */
export const safePreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
} as const satisfies WebPreferences;

/** Throws when a window did not get the preferences it was asked for: a window that is not safe must not load the page. */
export function assertSafe(contents: WebContents): void {
  const actual = preferencesOf(contents);
  const wrong = Object.entries(safePreferences).filter(([name, value]) => {
    const got = actual[name];
    // A preference that is off is left out by some versions.
    return got !== value && !(got === undefined && value === false);
  });
  if (wrong.length > 0 || actual['enableBlinkFeatures'])
    throw new Error(
      `The window is not safe: ${[...wrong.map(([name]) => name), ...(actual['enableBlinkFeatures'] ? ['enableBlinkFeatures'] : [])].join(', ')}.`,
    );
}

/** What Electron says a page really has. The method is there and used by Electron itself, but its types leave it out. */
function preferencesOf(contents: WebContents): Readonly<Record<string, unknown>> {
  if (!('getLastWebPreferences' in contents) || typeof contents.getLastWebPreferences !== 'function') return safePreferences;
  const preferences: unknown = contents.getLastWebPreferences();
  return typeof preferences === 'object' && preferences !== null ? { ...preferences } : {};
}

/** Guards every page of the application, whoever made it: it stays where it is, opens nothing, embeds nothing. */
export function guardPages(app: App, developing: string | null, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, developing, log));
}

function guardPage(contents: WebContents, developing: string | null, log: Log): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (isOurs(event.url, developing)) return;
    event.preventDefault();
    log('info', 'a page wanted to leave and was kept');
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => {
    log('info', 'a page wanted to open a window and was refused');
    return { action: 'deny' };
  });
  for (const chooser of ['select-bluetooth-device'] as const) contents.on(chooser, (event) => event.preventDefault());
}

/**
 * Shuts what a page could reach through the browser: permissions, devices, screen capture and every address but its own. One permission is
 * left to our own page: writing plain text and HTML to the clipboard after a key or a click, which copying cells needs.
 */
export function guardSession(session: Session, developing: string | null): void {
  const mayWriteClipboard = (permission: string, address: string): boolean =>
    permission === 'clipboard-sanitized-write' && isOurs(address, developing);
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayWriteClipboard(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, _origin, details) =>
    mayWriteClipboard(permission, details.requestingUrl ?? ''),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  for (const chooser of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const)
    session.on(chooser as 'select-hid-device', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL(), developing)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !mayLoad(request.url, developing) }));
}

/** Whether a page may load an address: its own files, and what it made itself in memory. */
export function mayLoad(address: string, developing: string | null): boolean {
  const protocol = URL.parse(address)?.protocol;
  if (protocol === 'data:' || protocol === 'blob:') return true;
  if (developing !== null && (protocol === 'devtools:' || isOurs(address.replace(/^ws/, 'http'), developing))) return true;
  return isOurs(address, null);
}

/** Whether what a page wants to save is a file that our own page made in memory: an export. The system asks where to put it. */
export function isOwnFile(address: string, developing: string | null): boolean {
  return address.startsWith('blob:') && isOurs(address.slice('blob:'.length), developing);
}

const forbiddenSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'js-flags',
  'disable-web-security',
  'no-sandbox',
];

/** The switches of this command line that would open a released program to others. Empty: it may start. */
export function dangerousSwitches(commandLine: { hasSwitch(name: string): boolean }): readonly string[] {
  return forbiddenSwitches.filter((name) => commandLine.hasSwitch(name));
}
