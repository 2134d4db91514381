import { datesInWords, dateText } from '../../ui/format.ts';
import type { CellLook } from '../../ui/grid/model.ts';
import { t } from '../../messages/index.ts';
import { codeLook } from '../../../shared/roster/code-look.ts';
import type { ShownCell } from './roster-model.ts';
import style from './roster.module.css';

/**
 * How a cell is drawn and what it is called: `Lima, A, Wed 5 Aug AM, ICU`, the clinic it is at, as the view on screen calls it, and its clash
 * when there is one.
 */
export function lookOfCell(cell: ShownCell, place: string | null = null): CellLook {
  const { halfDay, code, clash } = cell;
  const absence = cell.absence?.replaceAll('_', ' ');
  const name = [
    cell.person.name,
    `${dateText(halfDay.date)} ${halfDay.half}`,
    code === '' ? t('roster.empty') : code,
    ...(place === null ? [] : [t('roster.atPlace', { place })]),
    ...(absence === undefined ? [] : [absence]),
    ...(clash === null ? [] : [t('roster.cellClash', { text: datesInWords(clash.text) })]),
  ].join(', ');
  const classes = [
    style.cell,
    halfDay.weekend || halfDay.holiday !== null ? style.quietDay : '',
    halfDay.half === 'PM' ? style.dayEnd : style.dayStart,
    absence === undefined ? '' : style.absent,
    cell.stacked ? style.stacked : '',
    clash === null ? '' : clash.severity === 'error' ? style.clashError : style.clashWarning,
  ];
  return {
    name,
    className: classes.filter(Boolean).join(' '),
    title: clash?.text ?? titleOf(cell, place),
    content:
      code === '' ? (
        clash !== null && <i className={style.badge} aria-hidden />
      ) : (
        <>
          <CodeChip code={code} color={cell.color} />
          {clash !== null && <i className={style.badge} aria-hidden />}
        </>
      ),
  };
}

function titleOf({ assignment, code }: ShownCell, place: string | null): string | undefined {
  const text = assignment !== null && assignment.text !== code ? assignment.text : null;
  if (place === null) return text ?? undefined;
  return [text ?? code, t('roster.atPlace', { place })].join(', ');
}

/** A code in its colour, readable on light and on dark. */
export function CodeChip({ code, color }: { readonly code: string; readonly color: string | null }): React.JSX.Element {
  const { hue, strength } = codeLook(code, color);
  return (
    <span className={style.code} style={{ '--hue': hue, '--strength': strength } as React.CSSProperties}>
      {code}
    </span>
  );
}
