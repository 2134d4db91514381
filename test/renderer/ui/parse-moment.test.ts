import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMoment } from '../../../renderer/ui/parse-moment.ts';
import { instantText, setZone } from '../../../renderer/ui/format.ts';

/** Sat 21 Nov 2026, 10:00 in São Paulo. */
const clock = { now: Date.parse('2026-11-21T13:00:00Z'), zone: 'America/Sao_Paulo' };
const read = (text: string, at = clock): string => {
  const typed = parseMoment(text, at);
  return typed.kind === 'instant' ? typed.at : typed.kind === 'now' ? 'now' : typed.problem;
};

test('reads what coordinators type, in the zone of the programme', () => {
  const typed = [
    '12 May 2026 14:30',
    'Tue 12 May 2026 14:30',
    'tuesday, 12 may 2026 at 2:30 pm',
    'May 12 2026 14:30',
    '12th of May 2026 14h30',
    '2026-05-12 14:30',
    '2026-05-12T14:30',
    '2026-05-12T14:30:00-03:00',
    '2026-05-12T17:30:00Z',
    '12/05/2026 14:30',
    '12.05.26 14.30',
    '12 May 14:30',
  ];
  expect(typed.map((text) => [text, read(text)])).toEqual(typed.map((text) => [text, '2026-05-12T17:30:00.000Z']));
});

test('takes a day without a time as the end of that day', () => {
  expect([read('12 May 2026'), read('12/05/2026'), read('2026-05-12'), read('yesterday')]).toEqual([
    '2026-05-13T02:59:59.999Z',
    '2026-05-13T02:59:59.999Z',
    '2026-05-13T02:59:59.999Z',
    '2026-11-21T02:59:59.999Z',
  ]);
});

test('counts back from now', () => {
  expect({
    yesterday: read('yesterday 9am'),
    'last Tuesday': read('last Tuesday 9am'),
    'last Saturday': read('last saturday 9am'),
    saturday: read('saturday 9am'),
    weeks: read('2 weeks ago 9:00'),
    month: read('a month ago noon'),
    hours: read('3 hours ago'),
    minutes: read('90 min ago'),
    time: read('9:15'),
    now: read(' Now '),
  }).toEqual({
    yesterday: '2026-11-20T12:00:00.000Z',
    'last Tuesday': '2026-11-17T12:00:00.000Z',
    'last Saturday': '2026-11-14T12:00:00.000Z',
    saturday: '2026-11-21T12:00:00.000Z',
    weeks: '2026-11-07T12:00:00.000Z',
    month: '2026-10-21T15:00:00.000Z',
    hours: '2026-11-21T10:00:00.000Z',
    minutes: '2026-11-21T11:30:00.000Z',
    time: '2026-11-21T12:15:00.000Z',
    now: 'now',
  });
});

test('takes a date without a year as the latest one that has been', () => {
  expect([read('20 Nov 8:00'), read('22 Nov 8:00')]).toEqual(['2026-11-20T11:00:00.000Z', '2025-11-22T11:00:00.000Z']);
});

test('says which part of a text it cannot take', () => {
  expect({
    empty: read('  '),
    words: read('when it was good'),
    number: read('1430'),
    february: read('30 Feb 2026'),
    month: read('2026-13-01'),
    hour: read('12 May 2026 25:10'),
    minute: read('12 May 2026 10:75'),
    am: read('12 May 2026 13am'),
    long: read('1'.repeat(100_000)),
  }).toEqual({
    empty: 'empty',
    words: 'unreadable',
    number: 'unreadable',
    february: 'no such day',
    month: 'no such day',
    hour: 'no such time',
    minute: 'no such time',
    am: 'no such time',
    long: 'unreadable',
  });
});

test('reads around a change of clocks: a skipped hour is taken after the gap, a doubled one the first time', () => {
  const berlin = { ...clock, zone: 'Europe/Berlin' };
  expect([read('29 Mar 2026 02:30', berlin), read('25 Oct 2026 02:30', berlin)]).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-10-25T00:30:00.000Z',
  ]);
});

// What stands on screen can be typed back. If this broke, a coordinator who copies a time from the history into the date field would
// silently see another moment. The hour that is doubled in autumn prints the same twice, so only the printed text is compared.
test('reads back every moment that the page prints', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      fc.constantFrom('America/Sao_Paulo', 'Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York'),
      (date, zone) => {
        setZone(zone);
        const text = instantText(date.toISOString());
        const typed = parseMoment(text, { now: clock.now, zone });
        expect(typed.kind === 'instant' ? instantText(typed.at) : typed.kind).toBe(text);
      },
    ),
  );
});

test('never throws, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(['now', 'instant', 'refused']).toContain(parseMoment(text, clock).kind);
    }),
  );
});
