import { useElementSize } from '@mantine/hooks';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { usePosition } from '../../position/position.ts';
import { t } from '../../messages/index.ts';
import { barsPath } from './bars.ts';
import { HoverCard } from './HoverCard.tsx';
import { createLatest } from './latest.ts';
import { Marks } from './Marks.tsx';
import { RangeDrag } from './RangeDrag.tsx';
import { ticksOf, timeAt, xOf, zoomRange } from './time-scale.ts';
import { timelineActionOf, type TimelineAction } from './timeline-keys.ts';
import { timeline, useTimelineState } from './timeline-store.ts';
import { valueTextOf } from './words.ts';
import type { TimelineModel } from './useTimeline.ts';
import style from './Track.module.css';

/** How much room the words of both pins take, in pixels. */
const pinWords = 56;

/** The slider itself: density, marks, pins and the thumb. Everything it does by mouse it also does by key. */
export function Track({
  model,
  height,
  width,
  measure,
  act,
  slider,
}: {
  readonly model: TimelineModel;
  readonly height: number;
  readonly width: number;
  readonly measure: ReturnType<typeof useElementSize<HTMLDivElement>>['ref'];
  readonly act: (action: TimelineAction) => void;
  readonly slider: React.RefObject<HTMLDivElement | null>;
}): React.JSX.Element {
  const { range, whole } = model;
  const cardId = useId();
  const pins = usePosition((state) => state.pins);
  const dragX = useTimelineState((state) => state.dragX);
  const hover = useTimelineState((state) => state.hover);
  const [focused, setFocused] = useState(false);
  const drag = useRef<{ pointer: number; gesture: string; x: number; lastClientX: number } | null>(null);
  const turn = useRef(0);

  const bars = useMemo(() => barsPath(model.buckets, range, width, height), [model.buckets, range, width, height]);
  const ticks = useMemo(() => ticksOf(range, width, model.zone), [range, width, model.zone]);
  const thumbX = dragX ?? xOf(range, width, Date.parse(model.shownAt));
  const clampedThumb = Math.min(Math.max(thumbX, 0), width);

  const { atInstant } = model;
  const hovering = useMemo(
    () =>
      createLatest<{ x: number; iso: string }, Awaited<ReturnType<typeof atInstant>>>({
        send: ({ iso }) => atInstant(iso),
        take: (summary, { x }) => timeline.getState().showHover(summary && { x, summary }),
        fail: () => timeline.getState().showHover(null),
      }),
    [atInstant],
  );

  /** The step under a pixel is what stood at its right edge, so that a bar's own steps are among what can be hit. */
  const instantAt = (x: number): string => new Date(Math.floor(timeAt(range, width, Math.min(x + 1, width)))).toISOString();
  const scrubTo = (x: number, gesture: string): void => {
    timeline.getState().drag(x);
    // Right of the last step there is only now.
    if (timeAt(range, width, x) >= Date.parse(model.last.at)) model.navigator.toPosition(model.total, gesture);
    else model.navigator.toInstant(instantAt(x), { gesture });
  };
  const xOfEvent = (event: React.PointerEvent): number =>
    Math.min(Math.max(event.clientX - event.currentTarget.getBoundingClientRect().left, 0), width);

  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    timeline.getState().pause();
    const x = xOfEvent(event);
    drag.current = { pointer: event.pointerId, gesture: `drag ${++turn.current}`, x, lastClientX: event.clientX };
    scrubTo(x, drag.current.gesture);
  };
  const onPointerMove = (event: React.PointerEvent<HTMLDivElement>): void => {
    const moving = drag.current;
    if (moving && moving.pointer === event.pointerId) {
      // With Shift the thumb follows ten times slower, for aiming.
      moving.x = event.shiftKey ? Math.min(Math.max(moving.x + (event.clientX - moving.lastClientX) / 10, 0), width) : xOfEvent(event);
      moving.lastClientX = event.clientX;
      scrubTo(moving.x, moving.gesture);
    }
    const x = moving ? moving.x : xOfEvent(event);
    hovering.ask({ x, iso: instantAt(x) });
  };
  const endDrag = (): void => {
    drag.current = null;
    timeline.getState().drag(null);
  };
  const leave = (): void => {
    hovering.drop();
    timeline.getState().showHover(null);
  };

  useWheel(slider, (event) => {
    const x = Math.min(Math.max(event.clientX - (slider.current?.getBoundingClientRect().left ?? 0), 0), width);
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
      const by = (sideways / Math.max(1, width)) * (range.to - range.from);
      model.setRange(zoomRange({ from: range.from + by, to: range.to + by }, whole, 1, range.from + by));
    } else model.setRange(zoomRange(range, whole, Math.exp(Math.max(-240, Math.min(240, event.deltaY)) / 300), timeAt(range, width, x)));
  });

  // Words of two pins that stand close together read away from each other.
  const between = pins.from && pins.to ? xOf(range, width, Date.parse(pins.to.at)) - xOf(range, width, Date.parse(pins.from.at)) : -1;
  const pinsAreClose = between >= 0 && between < pinWords;
  const shown = model.shown;
  const card = hover ?? (focused && shown ? { x: clampedThumb, summary: shown } : null);
  return (
    <div className={style.track} ref={measure} onPointerLeave={leave}>
      <Marks model={model} width={width} />
      {/* The slider's keys are handled by one table; it is its own control, not a wrapper of others. */}
      <div
        ref={slider}
        className={style.slider}
        style={{ height }}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline.slider')}
        aria-valuemin={1}
        aria-valuemax={model.total}
        aria-valuenow={model.shownPosition}
        aria-valuetext={valueTextOf(model)}
        aria-describedby={card ? cardId : undefined}
        onKeyDown={(event) => {
          const action = timelineActionOf(event);
          if (action === null) return;
          event.preventDefault();
          event.stopPropagation();
          setFocused(true);
          act(action);
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={endDrag}
        onPointerCancel={endDrag}
        onLostPointerCapture={endDrag}
      >
        <svg className={style.drawing} width={width} height={height} aria-hidden="true" focusable="false">
          <line className={style.ground} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
          {ticks.map((tick) => (
            <line
              key={tick.at}
              className={tick.major ? style.majorTick : style.tick}
              x1={Math.round(xOf(range, width, tick.at)) + 0.5}
              x2={Math.round(xOf(range, width, tick.at)) + 0.5}
              y1={0}
              y2={height}
            />
          ))}
          <clipPath id={`${cardId}-gone`}>
            <rect x={0} y={0} width={clampedThumb} height={height} />
          </clipPath>
          <path className={style.ahead} d={bars} />
          <path className={style.gone} d={bars} clipPath={`url(#${cardId}-gone)`} />
          {pins.from && pins.to && (
            <rect
              className={style.between}
              x={Math.min(xOf(range, width, Date.parse(pins.from.at)), xOf(range, width, Date.parse(pins.to.at)))}
              width={Math.abs(xOf(range, width, Date.parse(pins.to.at)) - xOf(range, width, Date.parse(pins.from.at)))}
              y={0}
              height={height}
            />
          )}
          {hover && <line className={style.pointed} x1={hover.x} x2={hover.x} y1={0} y2={height} />}
        </svg>
        {(['from', 'to'] as const).map((side) => {
          const pin = pins[side];
          const x = pin ? xOf(range, width, Date.parse(pin.at)) : -1;
          if (!pin || x < 0 || x > width) return null;
          return (
            <span
              key={side}
              className={style.pin}
              data-side={side}
              data-outward={pinsAreClose || undefined}
              style={{ insetInlineStart: x }}
            >
              {t(side === 'from' ? 'timeline.pinFrom' : 'timeline.pinTo')}
            </span>
          );
        })}
        {thumbX >= -1 && thumbX <= width + 1 ? (
          <span className={style.thumb} style={{ transform: `translateX(${clampedThumb}px)` }} />
        ) : (
          <span className={style.beyond} data-side={thumbX < 0 ? 'left' : 'right'} />
        )}
      </div>
      <RangeDrag model={model} ticks={ticks} width={width} />
      {card && <HoverCard id={cardId} x={card.x} width={width} summary={card.summary} showsHint={!hover} />}
    </div>
  );
}

/** React listens to wheels passively, which could not keep the page from zooming. */
function useWheel(target: React.RefObject<HTMLElement | null>, turn: (event: WheelEvent) => void): void {
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  });
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event);
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [target]);
}
