import { Button, Checkbox, Loader } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonImpact } from '../../../shared/contract/app/branches.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { problemOf } from '../../client/refusal.ts';
import { t, type MessageKey } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { dateRangeText, dateText } from '../../ui/format.ts';
import classes from './PeopleComparison.module.css';

type Count = keyof PersonImpact['before'];
const columns: readonly (readonly [Count, MessageKey])[] = [
  ['nights', 'compare.peopleNights'],
  ['weekends', 'compare.peopleWeekends'],
  ['hours', 'compare.peopleHours'],
  ['clinicHalfDays', 'compare.peopleClinics'],
  ['halfDays', 'compare.peopleHalfDays'],
  ['daysOff', 'compare.peopleDaysOff'],
];

/** What going from one branch to the other means for each person: their load before and after, and who must be told. */
export function PeopleComparison({ a, b }: { readonly a: string; readonly b: string }): React.JSX.Element {
  const { query } = useEngine();
  const queries = useQueryClient();
  const [onlyTold, setOnlyTold] = useState(false);
  useProgramEvents((event) => {
    if (event.kind === 'moved' || event.kind === 'branches') void queries.invalidateQueries({ queryKey: query.branches.people.key() });
  });
  const answer = useQuery({
    ...query.branches.people.queryOptions({ input: { a, b } }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  if (answer.error)
    return (
      <p className={classes['message']} role="alert">
        {problemOf(answer.error).message}
      </p>
    );
  if (!answer.data)
    return (
      <p className={classes['message']}>
        <Loader size="xs" aria-label={t('common.loading')} />
      </p>
    );
  const { items, from, to } = answer.data;
  const told = items.filter(({ mustBeTold }) => mustBeTold);
  const shown = onlyTold ? told : items;
  const copy = (): void => {
    navigator.clipboard.writeText(peopleAsText(shown, a, b)).then(
      () => announce(t('compare.peopleCopied', { count: shown.length })),
      () => announce(t('compare.peopleCopyFailed')),
    );
  };
  if (items.length === 0) return <p className={classes['message']}>{t('compare.peopleNone', { a, b })}</p>;
  return (
    <section className={classes['people']} aria-label={t('compare.peopleTable')}>
      <div className={classes['bar']}>
        <strong>{t('compare.peopleTold', { count: told.length })}</strong>
        {from !== null && to !== null && <span>{t('compare.peopleDays', { days: dateRangeText(from, to) })}</span>}
        <Checkbox
          size="xs"
          label={t('compare.peopleOnlyTold')}
          checked={onlyTold}
          onChange={(event) => setOnlyTold(event.currentTarget.checked)}
        />
        <Button variant="default" size="compact-sm" ml="auto" onClick={copy} disabled={shown.length === 0}>
          {t('compare.peopleCopy')}
        </Button>
      </div>
      <div className={classes['scroller']}>
        <table aria-label={t('compare.peopleTable')}>
          <thead>
            <tr>
              <th scope="col">{t('compare.peopleName')}</th>
              {columns.map(([count, label]) => (
                <th key={count} scope="col" className={classes['number']}>
                  {t(label)}
                </th>
              ))}
              <th scope="col">{t('compare.peopleWhat')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <PersonRow key={person.personId} person={person} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PersonRow({ person }: { readonly person: PersonImpact }): React.JSX.Element {
  return (
    <tr>
      <th scope="row">
        {person.name} <span>{person.level}</span>
        {person.mustBeTold && (
          <span className={classes['told']}>
            <span aria-hidden>{t('compare.peopleToldMark')}</span>
            <span className="visually-hidden">, {t('compare.peopleToldLong')}</span>
          </span>
        )}
      </th>
      {columns.map(([count]) => (
        <td key={count} className={classes['number']}>
          <BeforeAfter before={person.before[count]} after={person.after[count]} />
        </td>
      ))}
      <td className={classes['lines']}>
        <ul>
          {person.lines.map((line) => (
            <li key={line}>{withDates(line)}</li>
          ))}
          {person.changes > person.lines.length && <li>{t('compare.peopleMore', { count: person.changes - person.lines.length })}</li>}
        </ul>
      </td>
    </tr>
  );
}

function BeforeAfter({ before, after }: { readonly before: number; readonly after: number }): React.JSX.Element {
  if (before === after)
    return (
      <span className={classes['same']}>
        <span aria-hidden>{before}</span>
        <span className="visually-hidden">{t('compare.peopleSame', { value: before })}</span>
      </span>
    );
  const by = Math.round((after - before) * 10) / 10;
  return (
    <>
      <span aria-hidden className={classes['change']}>
        {before} → <strong>{after}</strong> <i>{by > 0 ? `+${by}` : `−${-by}`}</i>
      </span>
      <span className="visually-hidden">{t('compare.peopleBeforeAfter', { before, after })}</span>
    </>
  );
}

function withDates(text: string): string {
  return text.replace(/\w{3} (\d{4}-\d{2}-\d{2})/g, (_, date: string) => dateText(date));
}

/** What to send to people: a paragraph each, with the counts that change and what changes. */
function peopleAsText(people: readonly PersonImpact[], a: string, b: string): string {
  const paragraphs = people.map((person) => {
    const counts = columns
      .filter(([count]) => person.before[count] !== person.after[count])
      .map(([count, label]) => `${t(label)} ${person.before[count]} → ${person.after[count]}`);
    const lines = person.lines.map(withDates);
    if (person.changes > lines.length) lines.push(t('compare.peopleMore', { count: person.changes - lines.length }));
    return [`${person.name}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`, ...lines.map((line) => `  - ${line}`)].join('\n');
  });
  return [`${a} → ${b}`, ...paragraphs].join('\n\n');
}
