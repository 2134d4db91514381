import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Side } from '../../../shared/contract/app/diff.ts';
import { type Pin, position, type PositionState } from '../../position/position.ts';
import { stepRequest } from '../../position/step-request.ts';
import { announce } from '../../ui/announcer.tsx';
import { type Command, useCommands } from '../../ui/commands.ts';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { neighbour } from './stops.ts';
import { zoomRange } from './time-scale.ts';
import type { TimelineAction } from './timeline-keys.ts';
import { timeline } from './timeline-store.ts';
import type { TimelineModel } from './useTimeline.ts';

/** Does what a key, a button or a command of the timeline asks for, and offers the commands. */
export function useTimelineActions(model: TimelineModel, typeDate: () => void): (action: TimelineAction) => void {
  const latest = useRef({ model, typeDate });
  useEffect(() => {
    latest.current = { model, typeDate };
  });
  const run = useCallback((action: TimelineAction) => perform(latest.current.model, action, latest.current.typeDate), []);
  // The commands read the newest model when they run, never while rendering; so the list stays the same.
  // oxlint-disable-next-line react/refs
  useCommands(useMemo(() => commandsOf(run), [run]));
  return run;
}

function perform(model: TimelineModel, action: TimelineAction, typeDate: () => void): void {
  if (action.kind !== 'play' && action.kind !== 'playOrPause') timeline.getState().pause();
  switch (action.kind) {
    case 'step':
      return model.navigator.step(action.direction);
    case 'day':
      return model.navigator.day(action.direction);
    case 'tag':
      return goToTag(model, action.direction);
    case 'first':
      return model.navigator.toPosition(1);
    case 'now':
      return model.navigator.toNow();
    case 'pause':
      return announce(t('timeline.paused', { position: model.navigator.here() }));
    case 'play':
      return play(action.direction);
    case 'playOrPause':
      if (timeline.getState().playing === null) return play(1);
      timeline.getState().pause();
      return announce(t('timeline.paused', { position: model.navigator.here() }));
    case 'pin':
      return pinHere(model, action.side);
    case 'compare':
      return comparePins(model);
    case 'tagHere':
      if (model.shown)
        stepRequest.getState().ask({
          kind: 'tag',
          target: {
            kind: 'commit',
            commit: model.shown.commit,
            title: t('notes.thisMoment', { position: model.shown.position, time: instantText(model.shown.at) }),
          },
        });
      return;
    case 'typeDate':
      return typeDate();
    case 'zoomIn':
      return zoom(model, 0.5);
    case 'zoomOut':
      return zoom(model, 2);
    case 'zoomAll':
      return model.setRange(model.whole);
  }
}

function play(direction: -1 | 1): void {
  timeline.getState().play(direction);
  announce(t(direction === 1 ? 'timeline.playing' : 'timeline.playingBack', { speed: timeline.getState().speed }));
}

function goToTag(model: TimelineModel, direction: -1 | 1): void {
  const tagged = model.marks.filter(({ kind }) => kind === 'tag').map((mark) => mark.position);
  const found = neighbour(tagged, model.navigator.here(), direction);
  if (found === null) announce(t(direction === -1 ? 'timeline.noTagBefore' : 'timeline.noTagAfter'));
  else model.navigator.toPosition(found);
}

function zoom(model: TimelineModel, factor: number): void {
  const { range } = model;
  const thumb = Date.parse(model.shownAt);
  const around = thumb >= range.from && thumb <= range.to ? thumb : (range.from + range.to) / 2;
  model.setRange(zoomRange(range, model.whole, factor, around));
}

function pinHere(model: TimelineModel, side: 'from' | 'to'): void {
  if (!model.shown) return;
  position.getState().pin(side, { branch: model.branch, commit: model.shown.commit, position: model.shown.position, at: model.shownAt });
  announce(
    t('timeline.pinnedAnnounce', { side: t(side === 'from' ? 'timeline.pinFrom' : 'timeline.pinTo'), time: instantText(model.shownAt) }),
  );
}

/** The two sides of the comparison: both pins, or the one that is set and the moment on screen. `null` when none is. */
export function sidesToCompare(
  state: Pick<PositionState, 'pins' | 'branch' | 'moment'>,
): { readonly from: Side; readonly to: Side } | null {
  const { from, to } = state.pins;
  const sideOfPin = (pin: Pin): Side => ({ branch: pin.branch, at: pin.commit });
  const shown: Side = state.moment.kind === 'now' ? { branch: state.branch } : { branch: state.branch, at: state.moment.commit };
  if (from && to) return { from: sideOfPin(from), to: sideOfPin(to) };
  if (from) return { from: sideOfPin(from), to: shown };
  if (to) return { from: shown, to: sideOfPin(to) };
  return null;
}

function comparePins(model: TimelineModel): void {
  const state = position.getState();
  const sides = sidesToCompare({ ...state, branch: model.branch });
  if (sides === null) announce(t('timeline.noPins'));
  else state.go({ place: { screen: 'compare', ...sides } });
}

function commandsOf(run: (action: TimelineAction) => void): readonly Command[] {
  const command = (id: string, title: string, action: TimelineAction, words = ''): Command => ({
    id: `timeline.${id}`,
    title,
    section: 'go',
    words: `timeline history time ${words}`,
    run: () => run(action),
  });
  return [
    command('stepBack', t('timeline.stepBack'), { kind: 'step', direction: -1 }, 'previous'),
    command('stepForward', t('timeline.stepForward'), { kind: 'step', direction: 1 }, 'next'),
    command('first', t('timeline.first'), { kind: 'first' }, 'start beginning'),
    command('now', t('timeline.returnToNow'), { kind: 'now' }, 'present today'),
    command('typeDate', t('timeline.typeDate'), { kind: 'typeDate' }, 'go to date'),
    command('play', t('timeline.play'), { kind: 'play', direction: 1 }),
    command('playBack', t('timeline.playBack'), { kind: 'play', direction: -1 }),
    command('pause', t('timeline.pause'), { kind: 'pause' }, 'stop'),
    command('pinFrom', t('timeline.pinFromHere'), { kind: 'pin', side: 'from' }, 'compare mark in'),
    command('pinTo', t('timeline.pinToHere'), { kind: 'pin', side: 'to' }, 'compare mark out'),
    command('comparePins', t('timeline.comparePins'), { kind: 'compare' }, 'diff'),
    command('zoomIn', t('timeline.zoomIn'), { kind: 'zoomIn' }),
    command('zoomOut', t('timeline.zoomOut'), { kind: 'zoomOut' }),
    command('zoomAll', t('timeline.zoomAll'), { kind: 'zoomAll' }),
  ];
}
