import { BrowserWindow, screen, type WebContents } from 'electron';
import { assertSafe, safePreferences } from './guards.ts';
import { pageUrl } from './origin.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface Windows {
  /** Opens a window and resolves when the page is loaded in it. */
  open(): Promise<BrowserWindow>;
  /** Brings a window to the front, or opens one. */
  focus(): void;
  isKnown(contents: WebContents): boolean;
  /** Tells the page in front to run one of its commands. */
  run(command: string): void;
}

export interface WindowsOptions {
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly developing: string | null;
  /** Closes the window again, or quits again where that was asked for. */
  readonly onceSaved: (window: BrowserWindow) => void;
}

const retryMillis = 150;
const mostRefusals = 20;

/** The application's windows. Only this makes any. */
export function createWindows({ preload, stateFile, developing, onceSaved }: WindowsOptions): Windows {
  const known = new Map<number, BrowserWindow>();

  async function open(): Promise<BrowserWindow> {
    const { place, maximized, width, height } = readWindowState(
      stateFile,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const window = new BrowserWindow({
      ...place,
      width,
      height,
      minWidth: 800,
      minHeight: 560,
      title: 'Rosterline',
      show: false,
      webPreferences: { ...safePreferences, preload, devTools: developing !== null },
    });
    assertSafe(window.webContents);
    const { id } = window.webContents;
    known.set(id, window);
    if (maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('close', () => {
      const { x, y, ...size } = window.getNormalBounds();
      writeWindowState(stateFile, { place: { x, y }, ...size, maximized: window.isMaximized() });
    });
    window.on('closed', () => known.delete(id));
    let refusals = 0;
    // The page stays while edits are on their way to the engine. That takes moments: then the window closes after all.
    window.webContents.on('will-prevent-unload', (event) => {
      refusals += 1;
      if (refusals > mostRefusals) event.preventDefault();
      else setTimeout(() => onceSaved(window), retryMillis);
    });
    await window.loadURL(developing ?? pageUrl);
    return window;
  }

  return {
    open,
    focus() {
      const window = [...known.values()].at(-1);
      if (!window) return void open();
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    isKnown: (contents) => known.get(contents.id)?.webContents === contents,
    run(command) {
      const window = BrowserWindow.getFocusedWindow() ?? [...known.values()].at(-1);
      window?.webContents.send('rosterline:run', command);
    },
  };
}
