import { memo } from 'react';
import { offsetsOf, type HeaderBand } from './model.ts';
import style from './grid.module.css';

interface Props {
  readonly bands: readonly HeaderBand[];
  readonly corner: React.ReactNode;
  readonly columnWidth: number;
  readonly rowHeaderWidth: number;
  readonly width: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** The column header: as many levels as there are bands, each with the spans that are on screen. */
export const GridHead = memo(function GridHead(props: Props): React.JSX.Element {
  const { bands, columnWidth, rowHeaderWidth, fromColumn, toColumn } = props;
  const tops = offsetsOf(bands);
  const height = tops.at(-1) ?? 0;
  return (
    <div role="rowgroup" className={style.head} style={{ height, width: props.width }}>
      {bands.map((band, level) => {
        return (
          <div key={band.key} role="row" aria-rowindex={level + 1} className={style.band} style={{ top: tops[level], height: band.height }}>
            <div
              // Only the lowest corner names a column; those above it are empty.
              {...(level === bands.length - 1 ? { role: 'columnheader', 'aria-colindex': 1 } : { 'aria-hidden': true })}
              className={style.corner}
              data-last={level === bands.length - 1 || undefined}
              style={{ width: rowHeaderWidth, height: band.height }}
            >
              {level === bands.length - 1 ? props.corner : null}
            </div>
            {band.spans
              .filter((span) => span.to > fromColumn && span.from < toColumn)
              .map((span) => (
                <div
                  key={span.key}
                  role="columnheader"
                  aria-colindex={span.from + 2}
                  aria-colspan={span.to - span.from === 1 ? undefined : span.to - span.from}
                  aria-label={span.name}
                  className={span.className === undefined ? style.columnHeader : `${style.columnHeader} ${span.className}`}
                  style={{
                    left: rowHeaderWidth + span.from * columnWidth,
                    width: (span.to - span.from) * columnWidth,
                    height: band.height,
                  }}
                >
                  <span className={style.columnLabel} style={{ left: rowHeaderWidth }}>
                    {span.content}
                  </span>
                </div>
              ))}
          </div>
        );
      })}
    </div>
  );
});
