import { memo, useState } from 'react';
import type { CoverageCount } from '../../../shared/contract/app/roster.ts';
import { t } from '../../messages/index.ts';
import { dateText } from '../../ui/format.ts';
import type { GridGeometry } from '../../ui/grid/VirtualGrid.tsx';
import type { CoverageLine, RosterModel } from './roster-model.ts';
import style from './roster.module.css';

interface Props {
  readonly model: RosterModel;
  readonly geometry: GridGeometry;
  /** The most room it may take, in pixels. */
  readonly room: number;
}

/** How many people each rotation has in each half day, beside how many it wants. Stands under the grid, column under column. */
export function Coverage({ model, geometry, room }: Props): React.JSX.Element {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const wanted = model.coverage.filter((line) => line.wanted);
  const shown = all ? model.coverage : wanted;
  const short = wanted.reduce((sum, line) => sum + line.short, 0);
  const more = model.coverage.length - wanted.length;
  return (
    <section className={style.coverage} aria-label={t('roster.coverage')}>
      <div className={style.coverageHead}>
        <span>{t('roster.coverage')}</span>
        {short > 0 && <b>{t('roster.coverageShort', { count: short })}</b>}
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'roster.coverageHide' : 'roster.coverageShow')}
        </button>
        {open && more > 0 && (
          <button type="button" onClick={() => setAll(!all)}>
            {all ? t('roster.coverageLess') : t('roster.coverageMore', { count: more })}
          </button>
        )}
      </div>
      {open && shown.length === 0 && <p className={style.coverageText}>{t('roster.coverageNone')}</p>}
      {open && shown.length > 0 && (
        <div
          className={style.coverageBody}
          role="table"
          aria-label={t('roster.coverage')}
          style={{ maxHeight: room }}
          {...(shown.length * 20 > room ? { tabIndex: 0 } : {})}
        >
          {shown.map((line) => (
            <Line
              key={line.code}
              line={line}
              fromColumn={geometry.visible.fromColumn}
              toColumn={Math.min(geometry.visible.toColumn, model.columns.length)}
              columnWidth={geometry.columnWidth}
              rowHeaderWidth={geometry.rowHeaderWidth}
            />
          ))}
        </div>
      )}
    </section>
  );
}

interface LineProps {
  readonly line: CoverageLine;
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly columnWidth: number;
  readonly rowHeaderWidth: number;
}

const Line = memo(function Line({ line, fromColumn, toColumn, columnWidth, rowHeaderWidth }: LineProps): React.JSX.Element {
  const cells: React.JSX.Element[] = [];
  for (let column = fromColumn; column < toColumn; column += 1) {
    const count = line.at(column);
    if (count === null) continue;
    cells.push(<Count key={column} count={count} left={rowHeaderWidth + column * columnWidth} width={columnWidth} />);
  }
  return (
    <div role="row" className={style.coverageRow}>
      <div role="rowheader" className={style.coverageName} style={{ width: rowHeaderWidth }} title={line.name}>
        <b>{line.code}</b>
        {line.code !== line.name && <span>{line.name}</span>}
      </div>
      {cells}
    </div>
  );
});

interface CountProps {
  readonly count: CoverageCount;
  readonly left: number;
  readonly width: number;
}

// Every edit counts its days anew; what came out the same is not drawn again.
const Count = memo(
  CountView,
  (before, after) => before.left === after.left && before.width === after.width && sameCount(before.count, after.count),
);

function sameCount(one: CoverageCount, other: CoverageCount): boolean {
  return (
    one.code === other.code &&
    one.date === other.date &&
    one.half === other.half &&
    one.count === other.count &&
    one.minimum === other.minimum &&
    one.capacity === other.capacity &&
    one.short === other.short
  );
}

function CountView({ count, left, width }: CountProps): React.JSX.Element {
  const wanted = count.minimum ?? count.capacity;
  const said = { code: count.code, date: dateText(count.date), half: count.half, count: count.count, wanted: wanted ?? 0 };
  return (
    <div
      role="cell"
      className={style.coverageCell}
      data-short={count.short || undefined}
      data-free={count.minimum === null || undefined}
      style={{ left, width }}
      aria-label={t(wanted === null ? 'roster.coverageCellFree' : count.short ? 'roster.coverageCellShort' : 'roster.coverageCell', said)}
    >
      {wanted === null ? count.count || '' : `${count.count}/${wanted}`}
      {count.short && '!'}
    </div>
  );
}
