import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const listed = /^import \{ (\w+) \} from '\.\/en\/([\w-]+\.ts)';$/gm;
const named = /^ {2}'?(\w+)'?:/gm;
const composed = /`(\w+\.[^`]*\$\{[^`]*)`/g;

// A text that no screen shows any more is translated and read for nothing, and nothing else tells: keys are strings.
test('every text of the catalogue is shown somewhere', () => {
  const catalogue = readFileSync('renderer/messages/index.ts', 'utf8');
  const keys = [...catalogue.matchAll(listed)].flatMap(([, group, file]) =>
    [...readFileSync(`renderer/messages/en/${file}`, 'utf8').matchAll(named)].map(([, name]) => `${group}.${name}`),
  );
  const screens = globSync('renderer/**/*.{ts,tsx}')
    .filter((file) => !file.startsWith('renderer/messages/'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const patterns = [...screens.matchAll(composed)].map(([, text = '']) => new RegExp(`^${text.replaceAll(/\$\{[^}]*\}/g, '\\w+')}$`));
  const unused = keys.filter((key) => !screens.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)));
  expect(keys.length).toBeGreaterThan(900);
  expect(unused).toEqual([]);
});
