import { app, Menu, session, type WebContents } from 'electron';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultDataFolder } from '../data-folder.ts';
import { registerPageScheme, servePage } from './app-protocol.ts';
import { parseWindowArguments } from './arguments.ts';
import { dangerousSwitches, guardPages, guardSession } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { tellThatItEnds } from './native-dialogs.ts';
import { listenToPages, type PageCommand } from './page-channel.ts';
import { createWindows } from './window.ts';
import { logToStderr as log } from '../log.ts';
import { readPageFiles } from '../page/page-files.ts';
import { startEngineThread } from '../worker/engine-thread.ts';

/** Where the built program lies: the folder of `index.js`, with the thread's entry, the preload and the page beside it. */
export interface Built {
  readonly folder: string;
}

/** Runs the application in a window of its own. Must be called before Electron is ready, since some guards can only be set until then. */
export function startApplication({ folder }: Built): void {
  const developing = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
  app.setName('Rosterline');
  app.enableSandbox();
  registerPageScheme();
  guardPages(app, developing, log);

  const dangerous = app.isPackaged ? dangerousSwitches(app.commandLine) : [];
  if (dangerous.length > 0) {
    log('error', 'refused to start with these switches', { switches: dangerous.join(' ') });
    app.exit(2);
  } else if (!app.requestSingleInstanceLock()) {
    app.quit();
  } else {
    // Not awaited: Electron holds back its ready event until the entry module is through.
    start(folder, developing).catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
  }
}

async function start(folder: string, developing: string | null): Promise<void> {
  await app.whenReady();
  const { dataDir, sample } = parseWindowArguments(process.argv);
  const userData = app.getPath('userData');
  const engine = startEngineThread({
    dataDir: dataDir ?? (app.commandLine.hasSwitch('user-data-dir') ? userData : defaultDataFolder()),
    sample,
    log,
    onLost: end,
    entry: pathToFileURL(join(folder, 'entry.js')),
  });
  guardSession(session.defaultSession, developing);
  servePage(session.defaultSession, readPageFiles(join(folder, '../renderer')));
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  const windows = createWindows({
    preload: join(folder, '../preload/preload.cjs'),
    stateFile: join(userData, 'window-state.json'),
    developing,
    onceSaved: (window) => {
      if (quitting) app.quit();
      else if (!window.isDestroyed()) window.close();
    },
  });

  const setMenu = (commands: readonly PageCommand[]): void =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          platform: process.platform,
          developing: developing !== null,
          commands,
          run: windows.run,
          newWindow: () => void windows.open(),
        }),
      ),
    );
  setMenu([]);
  listenToPages({
    engine,
    isKnown: windows.isKnown,
    developing,
    log,
    onCommands: (_contents: WebContents, commands) => setMenu(commands),
  });

  app.on('second-instance', () => windows.focus());
  app.on('activate', () => windows.focus());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || quitting) app.quit();
  });
  let closed = false;
  // Windows close first, so that what their pages still send arrives; then the engine closes its files.
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().then(() => {
      closed = true;
      app.quit();
    });
  });
  await windows.open();
}

function end(sentence: string): void {
  log('error', 'the program ends', { reason: sentence });
  tellThatItEnds(sentence);
  app.exit(1);
}
