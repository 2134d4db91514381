import { notifications } from '@mantine/notifications';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useEngine, type Engine } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { useProgramInfo } from '../../client/program.ts';
import { t } from '../../messages/index.ts';
import { momentParameter, position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { firstDate, rangeAround, rangeOfDays } from '../../position/days.ts';
import { createRosterFeed, type FeedState, type RosterFeed } from './roster-feed.ts';

// The feed outlives the screen: edits that are on their way go on when another section is opened.
let current: { readonly engine: Engine; readonly program: string; readonly feed: RosterFeed } | null = null;

function feedFor(engine: Engine, program: string): RosterFeed {
  if (current?.engine !== engine || current.program !== program) current = { engine, program, feed: createRosterFeed(engine.call) };
  return current.feed;
}

/** The feed of the open programme, as it is. */
export function useFeedOfProgram(): RosterFeed {
  const engine = useEngine();
  const program = useProgramInfo()?.program ?? '';
  return useMemo(() => feedFor(engine, program), [engine, program]);
}

/** Lets the feed hear of the engine's events, and says what became of edits, also after another section was opened. Mounted once. */
export function FeedEvents(): null {
  const feed = useFeedOfProgram();
  useProgramEvents((event) => {
    if (event.kind === 'moved' && event.branch !== 'notes') feed.moved(event.branch, event.tip, event.position);
  });
  useEffect(() => feed.listen(outcomes), [feed]);
  return null;
}

/** The roster's feed, following the position. */
export function useFeed(): RosterFeed {
  const feed = useFeedOfProgram();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const days = usePosition((state) => state.days);
  const commit = momentParameter(moment) ?? null;
  useEffect(() => {
    if (days !== null) feed.show({ branch, commit, ...rangeOfDays(days) });
  }, [feed, branch, commit, days]);
  return feed;
}

const outcomes: Parameters<RosterFeed['listen']>[0] = {
  refused: ({ message }, problem) => say(t('roster.refused', { gesture: message, message: problem.message }), 'red'),
  // The answer is named for its own commit, `Undo: Paste 14 cells`; the sentence says the verb itself.
  undone: (label, direction) =>
    say(t(direction === 'undo' ? 'roster.undone' : 'roster.redone', { label: label.replace(/^(?:Undo|Redo): /, '') })),
  undoRefused: (problem, direction) =>
    say(t(direction === 'undo' ? 'roster.undoRefused' : 'roster.redoRefused', { message: problem.message }), 'red'),
};

function say(message: string, color?: string): void {
  announce(message);
  notifications.show({ message, autoClose: color === undefined ? 3_000 : 12_000, ...(color === undefined ? {} : { color }) });
}

/** Reads a part of what the feed knows and follows it. */
export function useFeedState<T>(feed: RosterFeed, select: (state: FeedState) => T): T {
  return useStore(feed.store, select);
}

/** Chooses the first days on screen, once the programme is known. */
export function useFirstDays(): void {
  const info = useProgramInfo();
  const days = usePosition((state) => state.days);
  const filled = info?.days ?? null;
  const known = info !== undefined;
  useEffect(() => {
    if (!known || days !== null) return;
    const date = firstDate(filled, new Date().toLocaleDateString('sv-SE'));
    position.getState().go({ days: { from: rangeAround(date, 'twoWeeks').from, span: 'twoWeeks' } }, 'replace');
  }, [known, filled, days]);
}
