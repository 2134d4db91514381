import { useRef, useState } from 'react';
import { type Tick, timeAt, xOf } from './time-scale.ts';
import type { TimelineModel } from './useTimeline.ts';
import style from './RangeDrag.module.css';

/** The scale's labels. Dragging along them zooms to that stretch, a double click shows everything; the keys are + − 0. */
export function RangeDrag({
  model,
  ticks,
  width,
}: {
  readonly model: TimelineModel;
  readonly ticks: readonly Tick[];
  readonly width: number;
}): React.JSX.Element {
  const { range } = model;
  const from = useRef<number | null>(null);
  const [chosen, setChosen] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const xOfEvent = (event: React.PointerEvent): number =>
    Math.min(Math.max(event.clientX - event.currentTarget.getBoundingClientRect().left, 0), width);
  const end = (): void => {
    if (chosen && chosen.to - chosen.from > 4)
      model.setRange({ from: timeAt(range, width, chosen.from), to: timeAt(range, width, chosen.to) });
    from.current = null;
    setChosen(null);
  };
  return (
    <div
      className={style.scale}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = xOfEvent(event);
      }}
      onPointerMove={(event) => {
        if (from.current === null) return;
        const x = xOfEvent(event);
        setChosen({ from: Math.min(from.current, x), to: Math.max(from.current, x) });
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        from.current = null;
        setChosen(null);
      }}
      onDoubleClick={() => model.setRange(model.whole)}
    >
      {ticks.map((tick) => {
        const x = xOf(range, width, tick.at);
        // A label that would be cut by the edge is left out.
        if (x > width - 30) return null;
        return (
          <span key={tick.at} className={tick.major ? style.major : style.label} style={{ insetInlineStart: Math.round(x) }}>
            {tick.text}
          </span>
        );
      })}
      {chosen && <span className={style.chosen} style={{ insetInlineStart: chosen.from, width: chosen.to - chosen.from }} />}
    </div>
  );
}
