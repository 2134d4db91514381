import { expect, test } from 'vitest';
import { matchScore } from '../../../renderer/features/palette/match.ts';
import { parseMoment } from '../../../renderer/features/palette/parse-moment.ts';

test('reads dates as people write them, and leaves alone what is no date', () => {
  const now = new Date('2026-11-21T12:00:00');
  const dateOf = (text: string) => parseMoment(text, now)?.date ?? null;
  expect(
    ['12 May 2026', '12 may', 'Tue 12 May 2026 14:30', '2026-05-12', '12/05/2026 9:05', '31 Feb 2026', 'undo', '12'].map(dateOf),
  ).toEqual(['2026-05-12', '2026-05-12', '2026-05-12', '2026-05-12', '2026-05-12', null, null, null]);
  expect(parseMoment('12 May 2026 14:30', now)?.instant).toBe(new Date('2026-05-12T14:30:59.999').toISOString());
  expect(parseMoment('12 May 2026 25:00', now)).toBeNull();
});

test('puts beginnings before parts, and reads names without accents', () => {
  expect(matchScore('joao', 'João Souza')).toBeGreaterThan(0);
  expect(matchScore('so', 'Souza, J')).toBeGreaterThan(matchScore('so', 'Person history'));
  expect(matchScore('undo paste', 'Undo paste 14 cells')).toBeGreaterThan(0);
  expect(matchScore('xyz', 'Undo')).toBe(0);
});
