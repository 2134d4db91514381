import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom, as data. The longest folder that contains a file is its layer. `may` lists the layers it may import besides itself,
 * `packages` the packages (a trailing `*` stands for the rest of a name). When a rule is in your way, say so in `docs/decisions/`: a layer
 * that knows less stays easy to test, to move and to read.
 */
interface Layer {
  readonly path: string;
  readonly may: readonly string[];
  readonly packages: readonly string[];
  /** Node's own modules; only `hash.ts` has one in shared. */
  readonly node?: true;
  readonly why: string;
}

const sharedForEngine = ['shared', 'shared/roster', 'shared/versioning', 'shared/object-store', 'shared/contract'];
const sharedForPage = ['shared', 'shared/roster', 'shared/versioning', 'shared/contract'];
const page = [
  'react',
  'react-dom*',
  '@mantine/*',
  '@tabler/icons-react*',
  'zustand*',
  '@tanstack/*',
  '@fontsource-variable/*',
  'get-nonce',
  'dayjs*',
  'temporal-polyfill',
  'uuid',
  'react-diff-viewer-continued',
];

const layers: readonly Layer[] = [
  { path: 'shared', may: [], packages: ['zod'], why: 'ids, JSON and refusals stand under everything' },
  { path: 'shared/roster', may: ['shared'], packages: ['zod', 'temporal-polyfill'], why: 'what is versioned must not know how' },
  { path: 'shared/versioning', may: ['shared'], packages: ['zod'], why: 'how things are versioned must not know what they are' },
  { path: 'shared/object-store', may: ['shared', 'shared/versioning'], packages: ['kysely*'], why: 'both ends keep the same tables' },
  {
    path: 'shared/contract',
    may: ['shared', 'shared/roster', 'shared/versioning'],
    packages: ['zod', '@orpc/contract'],
    why: 'a contract knows no tables',
  },
  {
    path: 'main',
    may: ['main/loopback', 'main/electron', 'main/page', 'main/worker', 'shared'],
    packages: ['vite', 'electron-vite', '@vitejs/plugin-react'],
    node: true,
    why: 'entries put hosts together',
  },
  { path: 'main/page', may: ['main'], packages: [], node: true, why: 'serving the built page is the same for both hosts' },
  {
    path: 'main/electron',
    may: ['main', 'main/page', 'main/worker', 'shared', 'shared/contract'],
    packages: ['electron', 'zod'],
    node: true,
    why: 'a host knows the thread and the contract, never the engine',
  },
  {
    path: 'main/loopback',
    may: ['main', 'main/page', 'main/worker', 'shared', 'shared/contract'],
    packages: ['@orpc/*', 'ws'],
    node: true,
    why: 'a host knows the thread and the contract, never the engine',
  },
  {
    path: 'main/worker',
    may: ['main', 'main/engine', 'main/sync', 'shared'],
    packages: ['@orpc/*'],
    node: true,
    why: 'the thread is the only one that makes an engine',
  },
  {
    path: 'main/engine',
    may: [...sharedForEngine, 'main/exchange', 'main/sample'],
    packages: ['better-sqlite3', 'kysely*', '@orpc/*', 'zod', 'uuid'],
    node: true,
    why: 'the engine is a plain library that has never heard of its hosts',
  },
  {
    path: 'main/exchange',
    may: sharedForPage,
    packages: ['read-excel-file*', 'write-excel-file*', 'papaparse', 'zod', 'temporal-polyfill'],
    node: true,
    why: 'reading a file decides; the engine writes',
  },
  {
    path: 'main/sample',
    may: [...sharedForPage, 'main/engine'],
    packages: ['zod', 'temporal-polyfill'],
    node: true,
    why: 'the sample only describes commits',
  },
  {
    path: 'main/sync',
    may: [...sharedForEngine, 'main/engine'],
    packages: ['zod', '@orpc/*'],
    node: true,
    why: 'the client half of sync uses the engine’s handlers',
  },
  { path: 'renderer/messages', may: ['shared'], packages: [], why: 'texts know nothing' },
  { path: 'renderer/ui', may: ['shared', 'renderer/messages'], packages: page, why: 'controls have no domain words' },
  {
    path: 'renderer/client',
    may: [...sharedForPage, 'renderer/messages'],
    packages: [...page, '@orpc/*'],
    why: 'the only way to the engine',
  },
  {
    path: 'renderer/position',
    may: [...sharedForPage, 'renderer/client', 'renderer/messages'],
    packages: page,
    why: 'which branch, which moment, whose view',
  },
  {
    path: 'renderer/features',
    may: [...sharedForPage, 'renderer/messages', 'renderer/ui', 'renderer/client', 'renderer/position'],
    packages: page,
    why: 'a feature knows the position and the engine’s answers, never another feature',
  },
  {
    path: 'renderer/app',
    may: [...sharedForPage, 'renderer/messages', 'renderer/ui', 'renderer/client', 'renderer/position', 'renderer/features'],
    packages: page,
    why: 'the app puts features together',
  },
  { path: 'renderer', may: ['renderer/app'], packages: page, why: 'the entry mounts the app' },
];

const root = resolve(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  /** The file inside the project that is meant, or `null` for a package or a module of Node. */
  readonly path: string | null;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.tsx'].includes(extname(entry.name)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

const importPattern = /(?:^|[\n;])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string): Import[] {
  // Comments may speak of imports; their lines stay so that the line numbers do.
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...text.matchAll(importPattern)].map((match) => {
    const target = match[1] ?? match[2] ?? '';
    const path = target.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), target)) : null;
    return { file, line: text.slice(0, match.index + match[0].search(/[^\s;]/)).split('\n').length, target, path };
  });
}

function layerOf(path: string): Layer | undefined {
  return layers.filter((layer) => path.startsWith(`${layer.path}/`)).toSorted((a, b) => b.path.length - a.path.length)[0];
}

function featureOf(path: string): string | undefined {
  return /^renderer\/features\/([^/]+)/.exec(path)?.[1];
}

function isListed(name: string, list: readonly string[]): boolean {
  return list.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry));
}

/** What is wrong with an import, and what to do; `null` when it is right. */
function problemOf({ file, line, target, path }: Import): string | null {
  const at = `${file}:${line}`;
  const layer = layerOf(file);
  if (!layer) return `${at} lies in no layer. Put it into one, or add the folder to the table in test/layers.test.ts.`;
  if (path !== null) {
    if (path.startsWith('test/')) return `${at} imports ${target}. Nobody imports test: move what is needed into the source.`;
    if (path.startsWith('assets/')) return null;
    const [own, other] = [featureOf(file), featureOf(path)];
    if (own !== undefined && other !== undefined && own !== other)
      return `${at} imports ${target} of the feature “${other}”. Features do not know each other: share it through renderer/ui, renderer/client or renderer/position.`;
    const wanted = layerOf(path);
    if (wanted === layer || (wanted && layer.may.includes(wanted.path))) return null;
    return `${at} imports ${target}. ${layer.path} may import only itself and ${layer.may.join(', ') || 'nothing else'}, because ${layer.why}. Move the code to the layer that may know it, or pass it in.`;
  }
  if (target.startsWith('node:')) {
    if (layer.node || file === 'shared/versioning/hash.ts') return null;
    return `${at} imports ${target}. ${layer.path} also runs where there is no Node; only shared/versioning/hash.ts may.`;
  }
  if (target === 'electron' && (layer.path === 'main/electron' || file === 'main/preload.ts')) return null;
  if (target !== 'electron' && isListed(target, layer.packages)) return null;
  return `${at} imports the package ${target}. ${layer.path} may use ${layer.packages.join(', ') || 'no package'}, because ${layer.why}.`;
}

const imports = ['shared', 'main', 'renderer'].flatMap(sourcesIn).flatMap(importsOf);

describe('layers', () => {
  test('import only what they may know', () => {
    expect(imports.map(problemOf).filter((problem) => problem !== null)).toEqual([]);
  });

  test('the check sees imports at all, and refuses what it must', () => {
    expect(imports.length).toBeGreaterThan(200);
    const from = (file: string, target: string): string | null =>
      problemOf({ file, line: 1, target, path: target.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), target)) : null });
    const refused: readonly (readonly [string, string])[] = [
      ['shared/versioning/diff.ts', '../roster/slot.ts'],
      ['shared/roster/slot.ts', 'node:crypto'],
      ['shared/contract/app/base.ts', '../../object-store/tables.ts'],
      ['main/engine/engine.ts', '../worker/relay.ts'],
      ['main/engine/engine.ts', 'electron'],
      ['main/loopback/host.ts', '../engine/engine.ts'],
      ['main/loopback/host.ts', 'electron'],
      ['main/worker/relay.ts', '../../test/support/app-host.ts'],
      ['renderer/features/roster/Grid.tsx', '../timeline/Dock.tsx'],
      ['renderer/features/roster/Grid.tsx', '../../app/App.tsx'],
      ['renderer/ui/keys.ts', '../position/position.ts'],
      ['renderer/client/connect.ts', '../../main/log.ts'],
    ];
    expect(refused.filter(([file, target]) => from(file, target) === null)).toEqual([]);
    expect(from('shared/versioning/hash.ts', 'node:crypto')).toBeNull();
    expect(from('main/electron/window.ts', 'electron')).toBeNull();
  });

  test('keep the top level to the folders and files that belong there', () => {
    const allowed = new Set([
      'assets',
      'docs',
      'main',
      'renderer',
      'server',
      'shared',
      'test',
      '.ci',
      '.github',
      '.git',
      'node_modules',
      'out',
      'dist',
    ]);
    const files = new Set([
      '.gitignore',
      '.npmrc',
      '.oxfmtrc.json',
      '.oxlintrc.json',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'electron-builder.yml',
      'package-lock.json',
      'package.json',
      'tsconfig.json',
    ]);
    const strange = readdirSync(root, { withFileTypes: true }).filter((entry) => !(entry.isDirectory() ? allowed : files).has(entry.name));
    expect(strange.map(({ name }) => `${name} does not belong on the top level: put it into the folder of what it is for`)).toEqual([]);
  });

  test('pages are listened to, windows made and native dialogs shown in one place each', () => {
    const usesOf = (name: string): string[] =>
      sourcesIn('main')
        .filter((file) => new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, file), 'utf8')))
        .filter((file) => importsOf(file).some(({ target }) => target === 'electron'));
    expect({
      ipcMain: usesOf('ipcMain'),
      dialog: usesOf('dialog'),
      newWindow: usesOf('new BrowserWindow'),
      shell: usesOf('shell'),
    }).toEqual({
      ipcMain: ['main/electron/page-channel.ts'],
      dialog: ['main/electron/native-dialogs.ts'],
      newWindow: ['main/electron/window.ts'],
      shell: [],
    });
  });
});

/** Packages that no source imports, and what for they are there all the same. */
const toolsAndPeers: Readonly<Record<string, string>> = {
  '@types/better-sqlite3': 'types',
  '@types/node': 'types',
  '@types/papaparse': 'types',
  '@types/react': 'types',
  '@types/react-dom': 'types',
  '@types/ws': 'types',
  dayjs: 'peer of @mantine/dates',
  'electron-builder': 'npm run package:dir',
  'oxlint-tsgolint': 'typed rules of oxlint',
};

test('no package is carried along unused', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const tools = /\bbin\('([^']+)'/g;
  const used = new Set([
    ...[...imports, ...sourcesIn('test').flatMap(importsOf)].filter(({ path }) => path === null).map(({ target }) => packageOf(target)),
    ...['test/run-all.ts', 'main/page/build-page.ts'].flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(tools)].map(([, name]) => name),
    ),
    // The Chromium of last resort is found by its path.
    '@sparticuz/chromium',
  ]);
  const listed = Object.keys({ ...dependencies, ...devDependencies });
  expect(
    listed
      .filter((name) => !used.has(name) && toolsAndPeers[name] === undefined)
      .map((name) => `${name} is used nowhere: npm uninstall ${name}`),
  ).toEqual([]);
});

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
