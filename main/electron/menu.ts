import type { MenuItemConstructorOptions } from 'electron';
import type { PageCommand } from './page-channel.ts';

export interface MenuContext {
  readonly platform: NodeJS.Platform;
  /** False in a released program: no reloading, no developer tools. */
  readonly developing: boolean;
  readonly commands: readonly PageCommand[];
  readonly run: (command: string) => void;
  readonly newWindow: () => void;
}

/**
 * The whole menu, from the list of commands that the page offers right now, so that menu, palette and keys never disagree. What belongs to
 * the system (clipboard in text fields, windows, quitting) uses the system's own roles. The page handles the keys of its commands itself.
 */
export function menuTemplate(context: MenuContext): MenuItemConstructorOptions[] {
  const mac = context.platform === 'darwin';
  const of = (...sections: PageCommand['section'][]): MenuItemConstructorOptions[] =>
    context.commands.filter(({ section }) => sections.includes(section)).map((command) => item(command, context));
  return [
    ...(mac ? [appMenu()] : []),
    {
      id: 'programme',
      label: mac ? 'Programme' : '&Programme',
      submenu: joined(
        of('programme'),
        [{ id: 'new-window', label: 'New Window', accelerator: 'CommandOrControl+Shift+N', click: context.newWindow }],
        [mac ? { role: 'close' } : { role: 'quit' }],
      ),
    },
    {
      id: 'edit',
      label: mac ? 'Edit' : '&Edit',
      submenu: joined(of('edit'), [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]),
    },
    {
      id: 'view',
      label: mac ? 'View' : '&View',
      submenu: joined(
        of('view'),
        of('go'),
        [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
        context.developing ? [{ role: 'toggleDevTools' }] : [],
      ),
    },
    { id: 'branch', label: mac ? 'Branch' : '&Branch', submenu: joined(of('branch')) },
    { id: 'review', label: mac ? 'Review' : '&Review', submenu: joined(of('review')) },
    mac ? { role: 'windowMenu' } : { id: 'window', label: '&Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
    { id: 'help', role: 'help', label: mac ? 'Help' : '&Help', submenu: joined(of('help'), mac ? [] : [{ role: 'about' }]) },
  ].filter(({ submenu, role }) => role !== undefined || !Array.isArray(submenu) || submenu.length > 0) as MenuItemConstructorOptions[];
}

function appMenu(): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

function item(command: PageCommand, { run }: MenuContext): MenuItemConstructorOptions {
  const accelerator = command.keys === null ? null : acceleratorOf(command.keys);
  return {
    id: command.id,
    // An ampersand would be taken for a mnemonic.
    label: command.title.replaceAll('&', '&&'),
    enabled: command.enabled,
    click: () => run(command.id),
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
  };
}

/** `Mod+Shift+B` as Electron writes it. `null` for keys that only mean something inside a region, such as a bare letter. */
export function acceleratorOf(keys: string): string | null {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  if (parts.length === 1 && !/^F\d{1,2}$/.test(key)) return null;
  const names: Readonly<Record<string, string>> = {
    Mod: 'CommandOrControl',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    Escape: 'Esc',
  };
  const accelerator = parts.map((part) => names[part] ?? part).join('+');
  return /^[A-Za-z0-9+,./[\]\\;'`=-]+$/.test(accelerator) ? accelerator : null;
}

function joined(...groups: readonly MenuItemConstructorOptions[][]): MenuItemConstructorOptions[] {
  return groups.filter((group) => group.length > 0).flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' as const }, ...group]));
}
