import { Button, Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconMinus, IconPlus } from '@tabler/icons-react';
import { useCallback, useRef } from 'react';
import { instantText, numberText, zoneText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { Filters } from './Filters.tsx';
import { MomentField } from './MomentField.tsx';
import { Pins } from './Pins.tsx';
import { isWhole } from './time-scale.ts';
import { isFiltered, useTimelineState } from './timeline-store.ts';
import type { TimelineAction } from './timeline-keys.ts';
import { Track } from './Track.tsx';
import { Transport } from './Transport.tsx';
import { usePlay } from './usePlay.ts';
import { type TimelineModel, useTimeline } from './useTimeline.ts';
import { useTimelineActions } from './useTimelineActions.ts';
import style from './TimelineDock.module.css';

/** The branch's whole history under the roster: a slider over its versions, with everything to move along it. */
export function TimelineDock(): React.JSX.Element {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const dock = useDockHeight();
  const answer = useTimeline(width);
  return (
    <section ref={dock} className={style.dock} aria-label={t('timeline.region')} data-region="timeline">
      {answer.kind === 'ready' ? (
        <Dock model={answer.model} width={width} measure={ref} />
      ) : (
        <div className={style.plain}>
          {answer.kind === 'loading' && <Loader size={16} />}
          {answer.kind === 'failed' && <span role="alert">{t('timeline.loadFailed', { problem: answer.problem })}</span>}
          {answer.kind === 'empty' && <span>{t('timeline.noHistory')}</span>}
          {answer.kind === 'one' && (
            <>
              <span className={style.start} aria-hidden="true" />
              <strong>{t('timeline.historyStarts')}</strong>
              <span>{t('timeline.historyStartsText', { message: answer.only.message })}</span>
            </>
          )}
        </div>
      )}
    </section>
  );
}

/** Tells the page how much of its foot the timeline takes, so that messages can stay above it. */
function useDockHeight(): React.RefCallback<HTMLElement> {
  return useCallback((section: HTMLElement | null) => {
    if (!section) return;
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => root.setProperty('--rl-dock', `${section.offsetHeight}px`));
    observer.observe(section);
    return () => {
      observer.disconnect();
      root.removeProperty('--rl-dock');
    };
  }, []);
}

function Dock({
  model,
  width,
  measure,
}: {
  readonly model: TimelineModel;
  readonly width: number;
  readonly measure: ReturnType<typeof useElementSize<HTMLDivElement>>['ref'];
}): React.JSX.Element {
  const expanded = useTimelineState((state) => state.expanded);
  const toggle = useTimelineState((state) => state.toggleExpanded);
  const filtered = useTimelineState((state) => isFiltered(state.filter));
  const slider = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const act = useTimelineActions(model, () => field.current?.focus());
  usePlay(model.navigator, model.total);

  const moment = <MomentField model={model} field={field} leave={() => slider.current?.focus()} />;
  const expand = (
    <button
      type="button"
      className={style.expand}
      aria-expanded={expanded}
      aria-label={t(expanded ? 'timeline.collapse' : 'timeline.expand')}
      title={t(expanded ? 'timeline.collapse' : 'timeline.expand')}
      onClick={toggle}
    >
      {expanded ? <IconChevronDown size={16} aria-hidden /> : <IconChevronUp size={16} aria-hidden />}
    </button>
  );
  return (
    <div className={style.body} data-past={!model.isNow || undefined} data-expanded={expanded || undefined}>
      {expanded && (
        <div className={style.row}>
          <Filters />
          <span className={style.space} />
          <Zoom model={model} act={act} />
          <span className={style.zone}>{t('timeline.zone', { zone: zoneText() })}</span>
          {expand}
        </div>
      )}
      <div className={style.row} data-track>
        {!expanded && <Transport act={act} wide={false} />}
        <Track model={model} width={width} measure={measure} height={expanded ? 54 : 28} act={act} slider={slider} />
        <button
          type="button"
          className={style.now}
          aria-pressed={model.isNow}
          aria-label={t('timeline.returnToNow')}
          onClick={() => act({ kind: 'now' })}
        >
          <span className={style.dot} aria-hidden="true" />
          {t('timeline.now')}
        </button>
        {!expanded && (
          <>
            {moment}
            <span className={style.pins}>
              <Pins act={act} />
            </span>
            {filtered && <span className={style.filtered}>{t('timeline.filtered')}</span>}
            {expand}
          </>
        )}
      </div>
      {expanded && (
        <div className={style.row}>
          <Transport act={act} wide />
          <Readout model={model} />
          {moment}
          <span className={style.space} />
          <Pins act={act} />
          <Button size="compact-xs" variant="default" onClick={() => act({ kind: 'tagHere' })}>
            {t('timeline.tagHere')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Where on the line this is, among its neighbours. */
function Readout({ model }: { readonly model: TimelineModel }): React.JSX.Element {
  const here = model.shownPosition;
  return (
    <span className={style.readout}>
      <span className="visually-hidden">{t('timeline.readout', { position: here, total: model.total })}</span>
      <span aria-hidden="true">
        {here > 1 && <span className={style.faint}>{t('timeline.readoutBefore', { before: numberText(here - 1) })} </span>}
        <strong>{t('timeline.readoutHere', { position: numberText(here) })}</strong>
        {here < model.total && <span className={style.faint}> {t('timeline.readoutAfter', { total: numberText(model.total) })}</span>}
      </span>
    </span>
  );
}

function Zoom({ model, act }: { readonly model: TimelineModel; readonly act: (action: TimelineAction) => void }): React.JSX.Element {
  const { range, whole } = model;
  const all = isWhole(range, whole);
  const from = instantText(new Date(Math.max(range.from, Date.parse(model.first.at))).toISOString());
  const to = instantText(new Date(Math.min(range.to, Date.parse(model.last.at))).toISOString());
  return (
    <div className={style.zoom} role="group" aria-label={t('timeline.zoom')}>
      <span className={style.shown}>{t(all ? 'timeline.shownAll' : 'timeline.shown', { from, to })}</span>
      <button
        type="button"
        className={style.expand}
        aria-label={t('timeline.zoomOut')}
        title={`${t('timeline.zoomOut')}  −`}
        onClick={() => act({ kind: 'zoomOut' })}
      >
        <IconMinus size={14} aria-hidden />
      </button>
      <button
        type="button"
        className={style.expand}
        aria-label={t('timeline.zoomIn')}
        title={`${t('timeline.zoomIn')}  +`}
        onClick={() => act({ kind: 'zoomIn' })}
      >
        <IconPlus size={14} aria-hidden />
      </button>
      <Button size="compact-xs" variant="default" disabled={all} onClick={() => act({ kind: 'zoomAll' })}>
        {t('timeline.zoomAll')}
      </Button>
    </div>
  );
}
