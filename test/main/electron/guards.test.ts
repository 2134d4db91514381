import { describe, expect, test } from 'vitest';
import { parseWindowArguments } from '../../../main/electron/arguments.ts';
import { dangerousSwitches, isOwnFile, mayLoad } from '../../../main/electron/guards.ts';
import { acceleratorOf, menuTemplate } from '../../../main/electron/menu.ts';
import { isOurs } from '../../../main/electron/origin.ts';
import { readWindowState } from '../../../main/electron/window-state.ts';

describe('an address', () => {
  test('is ours by its parsed parts, whatever it begins with', () => {
    const ours = ['app://rosterline/index.html', 'app://rosterline/', 'app://rosterline/assets/x.js#a'];
    const foreign = [
      'app://rosterline.evil.example/index.html',
      'app://rosterline@evil.example/',
      'app://evil/rosterline',
      'app://rosterline:80/',
      'https://rosterline/',
      'file:///app://rosterline/',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
      '',
      'nonsense',
    ];
    expect(ours.map((address) => isOurs(address, null))).toEqual(ours.map(() => true));
    expect(foreign.filter((address) => isOurs(address, null))).toEqual([]);
  });

  test('of the build server is ours only while developing', () => {
    expect(isOurs('http://localhost:5173/index.html', 'http://localhost:5173')).toBe(true);
    expect(isOurs('http://localhost:5174/index.html', 'http://localhost:5173')).toBe(false);
    expect(isOurs('http://localhost:5173/index.html', null)).toBe(false);
  });

  test('outside is never loaded; what the page made in memory is', () => {
    const asked = [
      'https://example.com/x',
      'http://127.0.0.1:80/',
      'file:///etc/passwd',
      'ws://example.com/',
      'devtools://devtools/x',
      'ftp://x/',
    ];
    expect(asked.filter((address) => mayLoad(address, null))).toEqual([]);
    expect(['blob:app://rosterline/1', 'data:image/png;base64,x', 'app://rosterline/a.js'].every((address) => mayLoad(address, null))).toBe(
      true,
    );
  });
});

test('a command line that would open a released program to others is refused', () => {
  const with_ = (...names: string[]) => dangerousSwitches({ hasSwitch: (name) => names.includes(name) });
  expect(with_('user-data-dir', 'lang')).toEqual([]);
  expect(with_('remote-debugging-port', 'lang')).toEqual(['remote-debugging-port']);
});

test('arguments of ours are read and all others are ignored', () => {
  expect(parseWindowArguments(['electron', '.', '--data=/srv/rosters', '--no-sample', '--evil', 'app://x'])).toEqual({
    dataDir: '/srv/rosters',
    sample: false,
  });
  expect(parseWindowArguments(['electron', '.', '--data=', 'x'])).toEqual({ dataDir: null, sample: true });
});

describe('the menu', () => {
  const commands = [
    { id: 'edit.undo', title: 'Undo paste 14 cells', section: 'edit', keys: 'Mod+Z', enabled: true },
    { id: 'programme.import', title: 'Import R&D rota', section: 'programme', keys: null, enabled: false },
  ] as const;
  const build = (platform: NodeJS.Platform, developing = false) => {
    const run: string[] = [];
    const template = menuTemplate({ platform, developing, commands, run: (id) => run.push(id), newWindow: () => run.push('new window') });
    return { template, run, text: JSON.stringify(template) };
  };

  test('has every command the page offers, by its name of this moment, and runs it', () => {
    const { template, run } = build('linux');
    const edit = template.find(({ id }) => id === 'edit')!.submenu as Electron.MenuItemConstructorOptions[];
    expect(edit[0]).toMatchObject({
      id: 'edit.undo',
      label: 'Undo paste 14 cells',
      accelerator: 'CommandOrControl+Z',
      registerAccelerator: false,
    });
    (edit[0]!.click as () => void)();
    expect(run).toEqual(['edit.undo']);
    const programme = template.find(({ id }) => id === 'programme')!.submenu as Electron.MenuItemConstructorOptions[];
    expect(programme[0]).toMatchObject({ label: 'Import R&&D rota', enabled: false });
  });

  test('never reloads the page, and has developer tools only while developing', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(build(platform).text).not.toMatch(/reload|toggleDevTools/i);
      expect(build(platform, true).text).toMatch(/toggleDevTools/);
    }
  });

  test('has the roles that each system expects', () => {
    expect(build('darwin').template[0]).toMatchObject({ role: 'appMenu' });
    expect(build('linux').text).toContain('"role":"quit"');
  });

  test('shows keys that hold everywhere and leaves out those of one region', () => {
    expect(['Mod+Shift+B', 'F9', 'Shift+F8', 'Alt+ArrowLeft', 'N', ','].map(acceleratorOf)).toEqual([
      'CommandOrControl+Shift+B',
      'F9',
      'Shift+F8',
      'Alt+Left',
      null,
      null,
    ]);
  });
});

test('a window whose screen is gone is placed by the system, in a size that fits', () => {
  expect(readWindowState('/nowhere/window-state.json', [{ x: 0, y: 0, width: 1_280, height: 720 }])).toEqual({
    place: null,
    width: 1_280,
    height: 720,
    maximized: false,
  });
});

test('only a file that our own page made in memory may be saved', () => {
  const asked = [
    'blob:app://rosterline/0b1c',
    'blob:app://elsewhere/0b1c',
    'blob:https://example.org/1',
    'app://rosterline/a.js',
    'data:text/csv,x',
    'blob:null/1',
  ];
  expect(asked.filter((address) => isOwnFile(address, null))).toEqual(['blob:app://rosterline/0b1c']);
});
