import { Button, Switch, Tabs, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { AutomaticMerge, Conflict, MergeSession } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { datesInWords, numberText } from '../../ui/format.ts';
import { choiceText, stateOf, valueText } from './merge-words.ts';
import style from './list.module.css';

export type ListTab = 'left' | 'mine' | 'rule' | 'automatic';

const page = 300;

/** What is left, what was decided and what merged by itself, in lists to choose from; and all conflicts at a glance. */
export function ConflictList({
  session,
  tab,
  chosen,
  autoAdvance,
  onTab,
  onChoose,
  onAutoAdvance,
}: {
  readonly session: MergeSession;
  readonly tab: ListTab;
  readonly chosen: string | null;
  readonly autoAdvance: boolean;
  readonly onTab: (tab: ListTab) => void;
  readonly onChoose: (id: string) => void;
  readonly onAutoAdvance: (on: boolean) => void;
}): React.JSX.Element {
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(page);
  const tabs: readonly (readonly [ListTab, string, number])[] = [
    ['left', t('merge.tabLeft'), session.left],
    ['mine', t('merge.tabMine'), session.decidedByPerson],
    ...(session.decidedByRule > 0 ? ([['rule', t('merge.tabRules'), session.decidedByRule]] as const) : []),
    ['automatic', t('merge.tabAutomatic'), session.cleanCount],
  ];
  const items = useMemo((): readonly (Conflict | AutomaticMerge)[] => {
    const wanted = filter.trim().toLowerCase();
    const all =
      tab === 'automatic'
        ? session.automatic
        : // The one on screen stays where it was found until another is looked at.
          session.conflicts.filter((conflict) => stateOf(conflict) === tab || (tab === 'left' && conflict.id === chosen));
    if (wanted === '') return all;
    return all.filter((item) =>
      [datesInWords(item.title), item.label, item.typeLabel, item.baseText, item.sourceText, item.targetText].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    );
  }, [session.automatic, session.conflicts, tab, chosen, filter]);
  const empty: Record<ListTab, string> = {
    left: t('merge.nothingLeftTitle'),
    mine: t('merge.nobodyDecided'),
    rule: t('merge.noRules'),
    automatic: t('merge.nothingAutomatic'),
  };
  return (
    <div className={style.side}>
      <Tabs
        value={tab}
        onChange={(value) => onTab(tabs.find(([name]) => name === value)?.[0] ?? 'left')}
        className={style.tabs}
        classNames={{ list: style.tabList ?? '', tab: style.tab ?? '', panel: style.tabPanel ?? '' }}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('merge.lists')} grow>
          {tabs.map(([name, label, count]) => (
            <Tabs.Tab key={name} value={name}>
              {label} <b>{numberText(count)}</b>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tab !== 'automatic' && <Strip conflicts={session.conflicts} chosen={chosen} onChoose={onChoose} />}
        <TextInput
          className={style.filter ?? ''}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<IconSearch size={13} aria-hidden />}
          placeholder={t('merge.filterPlaceholder')}
          aria-label={t('merge.filter')}
        />
        {tabs.map(([name]) => (
          <Tabs.Panel key={name} value={name}>
            {items.length === 0 ? (
              <p className={style.empty}>{filter.trim() === '' ? empty[name] : t('merge.filterNone', { text: filter.trim() })}</p>
            ) : (
              <ul className={style.list} aria-label={name === 'automatic' ? t('merge.automaticHeading') : t('merge.conflicts')}>
                {items.slice(0, shown).map((item) => (
                  <Row key={item.id} item={item} chosen={item.id === chosen} session={session} onChoose={onChoose} />
                ))}
              </ul>
            )}
            {items.length > shown && (
              <Button variant="subtle" size="compact-xs" m="xs" onClick={() => setShown(shown + 5 * page)}>
                {t('merge.showMore', { count: items.length - shown })}
              </Button>
            )}
            {name === 'automatic' && session.automatic.length < session.cleanCount && (
              <p className={style.empty}>
                {t('merge.automaticCut', { shown: numberText(session.automatic.length), total: numberText(session.cleanCount) })}
              </p>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
      <footer className={style.foot}>
        <Switch
          checked={autoAdvance}
          onChange={(event) => onAutoAdvance(event.currentTarget.checked)}
          label={t('merge.autoAdvance')}
          title={t('merge.autoAdvanceHint')}
        />
        <span className={style.keys}>{t('merge.keysHint')}</span>
      </footer>
    </div>
  );
}

/** All conflicts beside each other, in order; a click goes there. The list says the same in words. */
const Strip = memo(function Strip({
  conflicts,
  chosen,
  onChoose,
}: {
  readonly conflicts: readonly Conflict[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}): React.JSX.Element | null {
  if (conflicts.length < 2 || conflicts.length > 400) return null;
  return (
    <div className={style.strip} aria-hidden>
      {conflicts.map((conflict) => (
        <i
          role="presentation"
          key={conflict.id}
          data-state={stateOf(conflict)}
          data-chosen={conflict.id === chosen || undefined}
          title={datesInWords(conflict.title)}
          onClick={() => onChoose(conflict.id)}
        />
      ))}
    </div>
  );
});

const Row = memo(function Row({
  item,
  chosen,
  session,
  onChoose,
}: {
  readonly item: Conflict | AutomaticMerge;
  readonly chosen: boolean;
  readonly session: MergeSession;
  readonly onChoose: (id: string) => void;
}): React.JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const isConflict = 'decision' in item;
  const decision = isConflict ? item.decision : item.override;
  const state = isConflict ? stateOf(item) : decision === null ? 'automatic' : 'mine';
  const stateText = !isConflict
    ? decision === null
      ? null
      : t('merge.overridden')
    : decision === null
      ? t('merge.stateLeft')
      : decision.by === 'rule'
        ? t('merge.stateRule')
        : decision.by === 'memory'
          ? t('merge.stateMemory')
          : t('merge.stateMine');
  return (
    <li className={style.item} data-state={state}>
      <button
        ref={button}
        type="button"
        className={style.choose}
        data-conflict={item.id}
        aria-current={chosen ? 'true' : undefined}
        onClick={() => onChoose(item.id)}
      >
        <span className={style.dot} aria-hidden>
          {isConflict ? '' : '✓'}
        </span>
        <span className={style.what}>
          <span className={style.title}>{datesInWords(item.title)}</span>
          <span className={style.detail}>
            <span>{item.label}</span>
            <span>
              {decision !== null
                ? choiceText(decision.resolution, item, session)
                : isConflict
                  ? `${valueText(item.targetText)} | ${valueText(item.sourceText)}`
                  : valueText(item.valueText)}
            </span>
          </span>
        </span>
        {!isConflict && decision === null && <span className={style.override}>{t('merge.overrideAction')}</span>}
        {stateText !== null && <span className="visually-hidden">{stateText}</span>}
      </button>
    </li>
  );
});
