import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiDocument, documentedCalls } from './support/api-document.ts';
import { apiExamples } from './support/api-examples.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('docs/api.md', () => {
  test('has every call of the contract with an example that fits its schema', () => {
    const calls = documentedCalls();
    expect(Object.keys(apiExamples).toSorted()).toEqual(calls.map(({ name }) => name).toSorted());
    const unfit = calls.flatMap(({ name, input }) => {
      const parsed = input.safeParse(apiExamples[name]?.input);
      return parsed.success ? [] : [`${name}: ${parsed.error.message}`];
    });
    expect(unfit).toEqual([]);
  });

  test('is as the contract is now', () => {
    expect(read('docs/api.md') === apiDocument(), 'docs/api.md is out of date: run “npm run docs”').toBe(true);
  });
});

describe('docs/map.md', () => {
  test('names only files and folders that are there', () => {
    const paths = [...read('docs/map.md').matchAll(/`((?:shared|main|renderer|test|docs|assets)\/[^`*{}<> ]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('the documents link only to files that are there', () => {
  for (const document of ['README.md', 'CONTRIBUTING.md', 'docs/map.md', 'docs/glossary.md', 'docs/gotchas.md']) {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
    const folder = document.includes('/') ? 'docs' : '.';
    expect(links.filter((link) => !existsSync(join(root, folder, link)))).toEqual([]);
  }
});
