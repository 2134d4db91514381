import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Clash, EntityRecord, RosterCode } from '../../../shared/contract/app/roster.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { endCodeSearch, useCodeSearch } from '../../position/find-code.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { clashCells } from './Clashes.tsx';
import { makeCodeBook } from './code-book.ts';
import { EditBar } from './EditBar.tsx';
import { EmptyRoster } from './EmptyRoster.tsx';
import type { PlannedGesture } from './gestures.ts';
import { MapCodesDialog } from './MapCodesDialog.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { RosterGrid, type RosterGridHandle } from './RosterGrid.tsx';
import type { RosterModel } from './roster-model.ts';
import { RotationDialog } from './RotationDialog.tsx';
import { useClipboard } from './useClipboard.ts';
import { useEditing } from './useEditing.ts';
import { useFeed, useFeedState, useFirstDays } from './useFeed.ts';
import { usePlaces } from './usePlaces.ts';
import { useRosterCommands, type RosterActions } from './useRosterCommands.ts';
import style from './roster.module.css';

type Dialog = { readonly kind: 'person'; readonly person: EntityRecord | null } | { readonly kind: 'rotation' } | null;
const Bar = memo(EditBar);
const noCodes: readonly RosterCode[] = [];

/** The roster: people by half days, at the moment that the position names. */
export function RosterScreen(): React.JSX.Element {
  useFirstDays();
  const engine = useEngine();
  const feed = useFeed();
  const branch = usePosition((state) => state.branch);
  const past = usePosition((state) => state.moment.kind !== 'now');
  const model = useFeedState(feed, (state) => state.model);
  const commit = useFeedState(feed, (state) => state.frame?.commit ?? '');
  const busy = useFeedState(feed, (state) => state.busy);
  const problem = useFeedState(feed, (state) => state.problem);
  const { data: used } = useQuery(engine.query.roster.codes.queryOptions({ input: { branch } }));

  const rotations = model?.rotations;
  const book = useMemo(() => makeCodeBook(rotations ?? [], used?.items ?? noCodes), [rotations, used]);
  const places = usePlaces(model);
  const editing = useEditing(feed);
  const clipboard = useClipboard({ model, block: places.block, book, editing });
  const [dialog, setDialog] = useState<Dialog>(null);
  const grid = useRef<RosterGridHandle>(null);
  const latest = useRef({ model, places, clipboard });
  useLayoutEffect(() => {
    latest.current = { model, places, clipboard };
  });

  const actions = useMemo((): RosterActions => {
    const now = (): { model: RosterModel | null; row: number } => ({
      model: latest.current.model,
      row: latest.current.places.active?.row ?? -1,
    });
    return {
      edit: () => grid.current?.edit(),
      clear: () => grid.current?.clear(),
      fillDown: () => grid.current?.fillDown(),
      fillRight: () => grid.current?.fillRight(),
      copy: (cutting) => latest.current.clipboard.copyByCommand(cutting),
      paste: (skipAbsences) => latest.current.clipboard.pasteByCommand(skipAbsences),
      goToClash: (step) => {
        const shown = latest.current.model;
        if (shown !== null && goToClash(shown, latest.current.places, step)) grid.current?.focus();
      },
      addPerson: () => setDialog({ kind: 'person', person: null }),
      editPerson: () => {
        const { model: shown, row } = now();
        const line = shown?.rows[row];
        if (line?.kind === 'row') setDialog({ kind: 'person', person: { type: 'person', ...line.person } });
      },
      addRotation: () => setDialog({ kind: 'rotation' }),
    };
  }, []);
  useRosterCommands({ editing, hasCell: places.active !== null, actions });

  // The bar over the grid follows a moment later: whoever types from cell to cell waits for the grid alone.
  const { active, block } = places;
  const calm = useAfterPaint(useMemo(() => (model === null ? null : { model, active, block }), [model, active, block]));
  const goTo = useCallback((clash: Clash) => {
    const { model: shown, places: now } = latest.current;
    if (shown !== null) selectClash(shown, now, clash);
    grid.current?.focus();
  }, []);

  const search = useCodeSearch();
  const answerSearch = useEffectEvent((code: string, shown: RosterModel) => {
    if (goToCode(shown, places, code)) grid.current?.focus();
    endCodeSearch();
  });
  useEffect(() => {
    if (search !== null && model !== null) answerSearch(search.code, model);
  }, [search, model]);

  const finishDialog = (gesture: PlannedGesture): void => {
    setDialog(null);
    editing.perform(gesture);
  };
  if (model === null)
    return problem === null ? (
      <output className={style.emptyScreen} aria-label={t('roster.loading')}>
        <Loader size="sm" aria-hidden />
      </output>
    ) : (
      <div className={style.emptyScreen}>
        <div className={style.emptyCard} role="alert">
          <h2>{t('roster.failed')}</h2>
          <p>{t('roster.failedSafe', { message: problem.message })}</p>
          <div className={style.emptyActions}>
            <Button onClick={() => feed.retry()}>{t('common.retry')}</Button>
          </div>
        </div>
      </div>
    );
  const empty = model.people.length === 0;
  return (
    <div className={style.screen}>
      <h1 className="visually-hidden">{t('roster.grid')}</h1>
      {busy && <div className={style.progress} />}
      {problem !== null && (
        <div className={style.problem} role="alert">
          {t('roster.readingStale', { message: problem.message })}
          <Button size="compact-xs" variant="default" onClick={() => feed.retry()}>
            {t('common.retry')}
          </Button>
        </div>
      )}
      {empty ? (
        <EmptyRoster columns={model.columns} book={book} past={past} onAddPerson={actions.addPerson} onPaste={editing.perform} />
      ) : (
        <>
          <Bar {...(calm ?? { model, active, block })} editing={editing} onClash={goTo} />
          <RosterGrid
            model={model}
            commit={commit}
            places={places}
            book={book}
            editing={editing}
            cut={clipboard.cut}
            dropCut={clipboard.dropCut}
            handle={grid}
          />
        </>
      )}
      {clipboard.waiting !== null && <MapCodesDialog waiting={clipboard.waiting} book={book} onClose={clipboard.dropWaiting} />}
      {dialog?.kind === 'person' && <PersonDialog person={dialog.person} onDone={finishDialog} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'rotation' && <RotationDialog book={book} onDone={finishDialog} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** Goes to the next cell (or the one before) that takes part in a clash, round the end. False when there is none. */
function goToClash(model: RosterModel, places: ReturnType<typeof usePlaces>, step: 1 | -1): boolean {
  const cells = clashCells(model);
  const here = places.active;
  if (cells.length === 0) {
    announce(t('roster.noClashHere'));
    return false;
  }
  const isAfter = (cell: { readonly row: number; readonly column: number }): boolean =>
    here === null || cell.column > here.column || (cell.column === here.column && cell.row > here.row);
  const isBefore = (cell: { readonly row: number; readonly column: number }): boolean =>
    here !== null && (cell.column < here.column || (cell.column === here.column && cell.row < here.row));
  const next = step === 1 ? (cells.find(isAfter) ?? cells[0]) : (cells.findLast(isBefore) ?? cells.at(-1));
  if (next === undefined) return false;
  const place = { row: next.row, column: next.column, index: 0 };
  places.select(place, place);
  announce(t('roster.atClash', { number: cells.indexOf(next) + 1, count: cells.length, text: next.texts.join(' ') }));
  return true;
}

/** Goes to the next cell with a code in reading order, round the end. False when the days on screen hold none. */
function goToCode(model: RosterModel, places: ReturnType<typeof usePlaces>, code: string): boolean {
  const found: { readonly row: number; readonly column: number; readonly index: number }[] = [];
  model.rows.forEach((line, row) => {
    if (line.kind !== 'row') return;
    for (let column = 0; column < model.columns.length; column += 1)
      line.cells(column).forEach((cell, index) => {
        if (cell.code === code) found.push({ row, column, index });
      });
  });
  const here = places.active;
  const next =
    found.find((cell) => here === null || cell.row > here.row || (cell.row === here.row && cell.column > here.column)) ?? found[0];
  if (next === undefined) {
    announce(t('roster.codeNotHere', { code }));
    return false;
  }
  places.select(next, next);
  announce(t('roster.codeAt', { code, number: found.indexOf(next) + 1, count: found.length }));
  return true;
}

function selectClash(model: RosterModel, places: ReturnType<typeof usePlaces>, clash: Clash): void {
  const [slot] = clash.slots;
  const [halfDay] = clash.halfDays;
  const at = slot ?? halfDay;
  if (at === undefined) return;
  // What nobody stands in, as too few people on a ward, is shown at its half day in the row that is selected.
  const row = slot === undefined ? (places.active?.row ?? 1) : model.rowOf(slot.personId);
  const column = model.columnOf(at.date, at.half);
  if (row >= 0 && column >= 0) places.select({ row, column, index: 0 }, { row, column, index: 0 });
}
