import { expect, test } from 'vitest';
import { matchScore } from '../../../renderer/features/palette/match.ts';

test('puts beginnings before parts, and reads names without accents', () => {
  expect(matchScore('joao', 'João Souza')).toBeGreaterThan(0);
  expect(matchScore('so', 'Souza, J')).toBeGreaterThan(matchScore('so', 'Person history'));
  expect(matchScore('undo paste', 'Undo paste 14 cells')).toBeGreaterThan(0);
  expect(matchScore('xyz', 'Undo')).toBe(0);
});
