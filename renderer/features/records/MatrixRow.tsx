import { Button } from '@mantine/core';
import type { ViewMatrix } from '../../../shared/contract/app/views.ts';
import type { EntityId } from '../../../shared/ids.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { t } from '../../messages/index.ts';
import style from './matrix.module.css';

type Row = ViewMatrix['rows'][number];
type Column = ViewMatrix['columns'][number];

interface Actions {
  readonly adopt: (offer: EntityId, fromName: string) => void;
  readonly clear: () => void;
  readonly compare: () => void;
  readonly offer: () => void;
  readonly publish: () => void;
}

/** One field over all views. A value that differs from the shared one has a mark; one that does not says so quietly. */
export function MatrixRow({
  row,
  columns,
  readOnly,
  busy,
  actions,
}: {
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly readOnly: boolean;
  readonly busy: boolean;
  readonly actions: Actions;
}): React.JSX.Element {
  const mineAt = columns.findIndex(({ kind }) => kind === 'mine');
  const mine = row.cells[mineAt] ?? null;
  const isOwn = mine?.origin === 'own';
  const seenNow = mine ?? row.cells[0] ?? null;
  const adoptable = columns.flatMap(({ kind, offer, name }, index) => {
    const cell = row.cells[index];
    const isNew = cell?.origin === 'own' && !sameJson(cell.value, seenNow?.value ?? null);
    return kind === 'offered' && offer !== null && isNew ? [{ offer, name }] : [];
  });
  return (
    <tr>
      <th scope="row">{row.label}</th>
      {columns.map((column, index) => {
        const cell = row.cells[index];
        return cell && <Value key={`${column.kind} ${column.offer ?? ''}`} column={column} cell={cell} />;
      })}
      {!readOnly && (
        <td>
          <div className={style.actions}>
            {adoptable.map(({ offer, name }) => (
              <Button
                key={offer}
                size="compact-xs"
                variant="light"
                disabled={busy}
                aria-label={t('records.adoptLabel', { name, field: row.label })}
                onClick={() => actions.adopt(offer, name)}
              >
                {t('records.adopt', { name })}
              </Button>
            ))}
            {row.differs && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('records.compareLabel', { field: row.label })}
                onClick={actions.compare}
              >
                {t('records.compare')}
              </Button>
            )}
            {isOwn && (
              <>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={busy}
                  aria-label={t('records.backToSharedField', { field: row.label })}
                  onClick={actions.clear}
                >
                  {t('records.backToShared')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('records.proposeLabel', { field: row.label })}
                  onClick={actions.offer}
                >
                  {t('records.propose')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('records.publishLabel', { field: row.label })}
                  onClick={actions.publish}
                >
                  {t('records.publish')}
                </Button>
              </>
            )}
          </div>
        </td>
      )}
    </tr>
  );
}

function Value({ column, cell }: { readonly column: Column; readonly cell: Row['cells'][number] }): React.JSX.Element {
  const text = cell.text === '' ? t('records.emptyValue') : cell.text;
  const differs = column.kind !== 'shared' && cell.origin === 'own';
  return (
    <td data-kind={column.kind} data-differs={differs || undefined} data-empty={cell.text === '' || undefined}>
      <span className={style.value}>{text}</span>
      {differs && <span className={style.tilde}> ~</span>}
      {column.kind !== 'shared' && !differs && cell.text !== '' && <span className={style.same}> {t('records.sameAs')}</span>}
    </td>
  );
}
