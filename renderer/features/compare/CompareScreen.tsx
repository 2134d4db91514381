import { ActionIcon, Button, Checkbox, Group, Loader, SegmentedControl, Select, Text } from '@mantine/core';
import { IconArrowsLeftRight, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Side } from '../../../shared/contract/app/diff.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useCommands, type Command } from '../../ui/commands.ts';
import { datesInWords, numberText } from '../../ui/format.ts';
import { isChord, isTyping } from '../../ui/keys.ts';
import { BranchSummary } from './BranchSummary.tsx';
import { CompareGrids } from './CompareGrids.tsx';
import { differencesAsText } from './differences-as-text.ts';
import { type Bring, BringBar, usePicking } from './BringBar.tsx';
import { DifferencesTable } from './DifferencesTable.tsx';
import { PeopleComparison } from './PeopleComparison.tsx';
import { SidePicker } from './SidePicker.tsx';
import { TextDifference } from './TextDifference.tsx';
import { isFiltered, noFilters, sideTexts, useComparison, type ComparisonFilters } from './useComparison.ts';
import classes from './CompareScreen.module.css';

type View = 'overlay' | 'side' | 'list' | 'text' | 'people';
const views: readonly View[] = ['overlay', 'side', 'list', 'text', 'people'];
const viewText: Record<View, string> = {
  overlay: t('compare.overlay'),
  side: t('compare.sideBySide'),
  list: t('compare.list'),
  text: t('compare.text'),
  people: t('compare.people'),
};
const pageSize = 1_000;

/** Two moments beside each other: in the grid (overlay, side by side), as a list in words, or as text. */
export function CompareScreen({
  from,
  to,
  bring,
}: {
  readonly from: Side;
  readonly to: Side;
  /** The dialog that brings chosen records of one branch into the other; another feature's, put in by the window. */
  readonly bring?: Bring;
}): React.JSX.Element {
  const [wantedView, setView] = useState<View>('overlay');
  const [filters, setFilters] = useState<ComparisonFilters>(noFilters);
  const [hideUnchanged, setHideUnchanged] = useState(true);
  const [limit, setLimit] = useState(pageSize);
  const [chosen, setChosen] = useState(0);
  const comparison = useComparison(from, to, filters, limit);
  const unfiltered = useComparison(from, to, noFilters, pageSize);
  const data = comparison.data;
  const title = useRef<HTMLHeadingElement>(null);
  // The keys of this screen belong to it at once; whatever opened it has lost its meaning.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  // What it means for people is asked of two branches as they are now.
  const branches =
    typeof from === 'string' && typeof to === 'string' && data?.from.branch === from && data.to.branch === to && from !== to
      ? { a: from, b: to }
      : null;
  const picking = usePicking(branches === null ? '' : `${branches.a}\n${branches.b}`);
  const view = wantedView === 'people' && branches === null ? 'overlay' : wantedView;
  const items = data?.items ?? [];
  const current = Math.min(chosen, Math.max(0, items.length - 1));
  const [a, b] = sideTexts({ from, to }, data);

  const go = (sides: { from: Side; to: Side }): void => {
    setChosen(0);
    position.getState().go({ place: { screen: 'compare', ...sides } });
  };
  const step = (by: number): void => {
    if (items.length === 0) return;
    const next = (current + by + items.length) % items.length;
    setChosen(next);
    const item = items[next];
    if (item) announce(`${t('compare.position', { at: next + 1, total: data?.total ?? 0 })}: ${datesInWords(item.text)}`);
  };
  const copy = (): void => {
    const lines = differencesAsText(items);
    void navigator.clipboard.writeText(lines.join('\n')).then(() => announce(t('compare.copied', { count: lines.length })));
  };
  const commands: readonly Command[] = [
    { id: 'compare.next', title: t('compare.next'), section: 'review', keys: ['F7'], run: () => step(1) },
    { id: 'compare.previous', title: t('compare.previous'), section: 'review', keys: ['Shift+F7'], run: () => step(-1) },
    { id: 'compare.swap', title: t('compare.swap'), section: 'review', run: () => go({ from: to, to: from }) },
    { id: 'compare.copy', title: t('compare.copy'), section: 'review', keys: ['Mod+Shift+C'], run: copy },
  ];
  useCommands(commands);

  const people = useMemo(() => peopleOf(unfiltered.data?.items ?? []), [unfiltered.data]);
  const authors = useMemo(() => authorsOf(unfiltered.data?.items ?? []), [unfiltered.data]);

  return (
    <section
      className={classes['screen']}
      aria-labelledby="compare-title"
      ref={(element) => {
        if (!element) return;
        const onKey = (event: KeyboardEvent): void => {
          if (event.defaultPrevented || isTyping(event.target)) return;
          const index = ['1', '2', '3', '4', '5'].findIndex((digit) => isChord(event, digit));
          const picked = views[index];
          if (picked) setView(picked);
          else if (isChord(event, '[') || isChord(event, ']')) go({ from: to, to: from });
          else if (isChord(event, 'u')) setHideUnchanged((hidden) => !hidden);
          else return;
          event.preventDefault();
        };
        element.addEventListener('keydown', onKey);
        return () => element.removeEventListener('keydown', onKey);
      }}
    >
      <h1 id="compare-title" className="visually-hidden" tabIndex={-1} ref={title}>
        {t('compare.screenTitle', { a, b })}
      </h1>
      <div className={classes['bar']}>
        <SidePicker letter="A" label={a} onChoose={(side) => go({ from: side, to })} />
        <ActionIcon
          variant="default"
          size="md"
          onClick={() => go({ from: to, to: from })}
          aria-label={t('compare.swap')}
          title={t('compare.swap')}
        >
          <IconArrowsLeftRight size={15} aria-hidden />
        </ActionIcon>
        <SidePicker letter="B" label={b} onChoose={(side) => go({ from, to: side })} />
        <SegmentedControl
          size="xs"
          ml="auto"
          aria-label={t('compare.viewAs')}
          value={view}
          onChange={(value) => setView(views.find((known) => known === value) ?? 'overlay')}
          data={views.filter((value) => value !== 'people' || branches !== null).map((value) => ({ value, label: viewText[value] }))}
        />
      </div>
      <div className={classes['filters']}>
        <div className={classes['totals']} role="group" aria-label={t('compare.totals')}>
          <strong>{t('compare.total', { count: data?.total ?? 0 })}</strong>
          <span data-kind="changed">~ {t('compare.changed', { count: numberText(data?.totals.changed ?? 0) })}</span>
          <span data-kind="added">+ {t('compare.added', { count: numberText(data?.totals.added ?? 0) })}</span>
          <span data-kind="removed">− {t('compare.removed', { count: numberText(data?.totals.removed ?? 0) })}</span>
          {comparison.isFetching && <Loader size={12} />}
        </div>
        <Group gap="sm" role="group" aria-label={t('compare.types')}>
          {(unfiltered.data?.byType ?? []).map((type) => (
            <Checkbox
              key={type.type}
              size="xs"
              label={`${type.label} ${numberText(type.added + type.removed + type.changed)}`}
              checked={filters.types === null || filters.types.includes(type.type)}
              onChange={() =>
                setFilters({
                  ...filters,
                  types: toggled(
                    filters.types,
                    type.type,
                    (unfiltered.data?.byType ?? []).map((known) => known.type),
                  ),
                })
              }
            />
          ))}
        </Group>
        <Select
          size="xs"
          w={150}
          clearable
          searchable
          placeholder={t('compare.anyone')}
          aria-label={t('compare.person')}
          data={people}
          value={filters.person}
          onChange={(person) => setFilters({ ...filters, person })}
        />
        <Select
          size="xs"
          w={140}
          clearable
          placeholder={t('compare.anyAuthor')}
          aria-label={t('compare.author')}
          data={authors}
          value={filters.author}
          onChange={(author) => setFilters({ ...filters, author })}
        />
        <Checkbox
          size="xs"
          label={t('compare.hideUnchanged')}
          checked={hideUnchanged}
          onChange={(event) => setHideUnchanged(event.currentTarget.checked)}
        />
        <Group gap={4} ml="auto" wrap="nowrap">
          <Button variant="subtle" size="compact-xs" onClick={copy} disabled={items.length === 0}>
            {t('compare.copy')}
          </Button>
          <ActionIcon variant="default" size="sm" onClick={() => step(-1)} disabled={items.length === 0} aria-label={t('compare.previous')}>
            <IconChevronLeft size={14} aria-hidden />
          </ActionIcon>
          <span className={classes['counter']}>
            {items.length === 0 ? '' : t('compare.position', { at: current + 1, total: data?.total ?? 0 })}
          </span>
          <ActionIcon variant="default" size="sm" onClick={() => step(1)} disabled={items.length === 0} aria-label={t('compare.next')}>
            <IconChevronRight size={14} aria-hidden />
          </ActionIcon>
        </Group>
      </div>
      {branches && <BranchSummary a={branches.a} b={branches.b} />}
      {comparison.error ? (
        <Text c="red" role="alert" p="md">
          {problemOf(comparison.error).message}
        </Text>
      ) : view === 'people' && branches ? (
        <PeopleComparison a={branches.a} b={branches.b} />
      ) : data && data.total === 0 ? (
        <div className={classes['same']}>
          <p>
            {isFiltered(filters) && (unfiltered.data?.total ?? 0) > 0
              ? t('compare.noDifferencesFiltered', { count: unfiltered.data?.total ?? 0 })
              : t('compare.noDifferences', { a, b })}
          </p>
          <p className={classes['quiet']}>
            {t('compare.noDifferencesDetail', { types: filters.types?.join(', ') ?? t('compare.allTypes') })}
          </p>
        </div>
      ) : (
        <div className={classes['body']} data-view={view}>
          {data && (view === 'overlay' || view === 'side') && (
            <CompareGrids comparison={data} labels={{ a, b }} view={view} hideUnchanged={hideUnchanged} current={items[current] ?? null} />
          )}
          {data && view === 'text' && <TextDifference item={items[current] ?? null} a={a} b={b} />}
          {data && (
            <div className={classes['words']}>
              {branches && bring && <BringBar items={items} picking={picking} source={branches.b} target={branches.a} bring={bring} />}
              <DifferencesTable
                picking={branches && bring ? picking : null}
                items={items}
                current={current}
                onChoose={setChosen}
                remaining={data.total - items.length}
                onMore={() => setLimit(limit + 5 * pageSize)}
              />
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function toggled(chosen: readonly string[] | null, type: string, all: readonly string[]): readonly string[] | null {
  const now = chosen ?? all;
  const next = now.includes(type) ? now.filter((known) => known !== type) : [...now, type];
  return all.every((known) => next.includes(known)) ? null : next;
}

type Items = NonNullable<ReturnType<typeof useComparison>['data']>['items'];

function peopleOf(items: Items): { value: string; label: string }[] {
  const found = new Map<string, string>();
  for (const item of items) if (item.slot) found.set(item.slot.personId, item.title.replace(/, \w{3} \d.*$/, ''));
  return [...found].map(([value, label]) => ({ value, label })).sort((x, y) => x.label.localeCompare(y.label));
}

function authorsOf(items: Items): { value: string; label: string }[] {
  const found = new Map<string, string>();
  for (const item of items) if (item.author !== null) found.set(item.author, item.authorName ?? item.author);
  return [...found].map(([value, label]) => ({ value, label })).sort((x, y) => x.label.localeCompare(y.label));
}
