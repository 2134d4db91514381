import { t } from '../../messages/index.ts';
import { dateText } from '../../ui/format.ts';
import { dayBands } from '../../ui/grid/day-bands.ts';
import type { CellLook, GridRow, HeaderBand } from '../../ui/grid/model.ts';
import type { ResultCell, ResultGridModel, ResultRow } from './result-model.ts';
import style from './result.module.css';

const rowHeight = 26;

/** The rows of the result: people, and under them how many stand on each rotation that the merge touches. */
export function rowsOf(grid: ResultGridModel): readonly GridRow<ResultCell>[] {
  return [...grid.people, ...grid.coverage].map((row: ResultRow, index): GridRow<ResultCell> => ({
    key: row.key,
    kind: 'row',
    height: rowHeight,
    name: index < grid.people.length ? row.name : t('merge.resultCoverage', { code: row.name }),
    header: (
      <span className={style.person} data-coverage={index >= grid.people.length || undefined}>
        {row.name} {row.level !== '' && <span>{row.level}</span>}
      </span>
    ),
    cells: (column) => listOf(row.cells[column]),
  }));
}

const lists = new WeakMap<ResultCell, readonly ResultCell[]>();
/** The grid wants the same list for the same cell, so that it need not draw it again. */
function listOf(cell: ResultCell | undefined): readonly ResultCell[] {
  if (cell === undefined) throw new Error('no such column');
  let list = lists.get(cell);
  if (list === undefined) lists.set(cell, (list = [cell]));
  return list;
}

/** The days and their halves over the result. */
export function bandsOf({ columns }: ResultGridModel): readonly HeaderBand[] {
  return dayBands(columns, { day: style.day, half: style.half });
}

function nameOf(cell: ResultCell): string {
  const day = `${dateText(cell.date)} ${cell.half}`;
  if (cell.kind === 'coverage') {
    const count = cell.short ? `${cell.code}, ${t('merge.resultShort')}` : cell.code;
    return t('merge.resultCoverageCell', { code: cell.person, day, count });
  }
  let name = [
    cell.person,
    day,
    cell.code === '' ? t('merge.resultEmpty') : cell.code,
    ...(cell.absence === null ? [] : [cell.absence.replaceAll('_', ' ')]),
  ].join(', ');
  if (cell.before !== null) name = t('merge.resultChanged', { name, before: cell.before === '' ? t('merge.resultEmpty') : cell.before });
  if (cell.open) name = t('merge.resultOpen', { name });
  return cell.clash === null ? name : t('merge.resultClash', { name, text: cell.clash });
}

/** How a cell of the result looks; one stable function, since a new one makes the grid draw everything again. */
export function lookOfResult(cell: ResultCell): CellLook {
  const name = nameOf(cell);
  const classes = [
    style.cell,
    cell.kind === 'coverage' ? style.coverage : '',
    cell.open ? style.open : cell.before === null ? '' : style.changed,
    cell.absence === null ? '' : style.absent,
    cell.clash === null && !cell.short ? '' : style.clash,
  ];
  return {
    name,
    title: name,
    className: classes.filter(Boolean).join(' '),
    content: (
      <>
        {cell.code === '' && cell.absence !== null ? (
          <span className={style.absence}>{cell.absence.slice(0, 3).toUpperCase()}</span>
        ) : (
          cell.code
        )}
        {cell.open && <span aria-hidden>?</span>}
        {(cell.clash !== null || cell.short) && (
          <span className={style.mark} aria-hidden>
            !
          </span>
        )}
      </>
    ),
  };
}
