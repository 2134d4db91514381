import { Button, Loader, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeenRecord, ViewMatrix } from '../../../shared/contract/app/views.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import { shortInstantText } from '../../ui/format.ts';
import { CompareViewsDialog } from './CompareViewsDialog.tsx';
import { MatrixRow } from './MatrixRow.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import type { RecordKind } from './record-type.ts';
import { useAdopt } from './useAdopt.ts';
import { useSaving } from './useSaving.ts';
import style from './matrix.module.css';

type Asking =
  | { readonly kind: 'offer' }
  | { readonly kind: 'publish'; readonly field: string }
  | { readonly kind: 'compare'; readonly field: string | null };

/** The shared record, one's own version and everything that was offered side by side, field by field, with what can be done about each. */
export function MatrixPanel({ kind, seen }: { readonly kind: RecordKind; readonly seen: SeenRecord }): React.JSX.Element {
  const { query } = useEngine();
  const { input, readOnly } = useViewed();
  const [onlyDiffering, setOnlyDiffering] = useState(true);
  const [asking, setAsking] = useState<Asking | null>(null);
  const { view: _, ...at } = input;
  const matrix = useQuery(query.views.matrix.queryOptions({ input: { type: seen.type, id: seen.id, ...at, mask: true } }));
  const adopt = useAdopt();
  const { clear } = useSaving({ kind, seen, onSaved: () => undefined });
  if (matrix.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (matrix.error)
    return (
      <p className={style.problem} role="alert">
        {problemOf(matrix.error).message}
      </p>
    );
  const { columns, rows, differing, total } = matrix.data;
  const shown = onlyDiffering ? rows.filter(({ differs }) => differs) : rows;
  const close = (): void => setAsking(null);
  return (
    <div className={style.panel}>
      <header className={style.bar}>
        <Switch
          checked={onlyDiffering}
          label={t('records.onlyDiffering', { differing, total })}
          onChange={(event) => setOnlyDiffering(event.currentTarget.checked)}
        />
        <span className={style.space} />
        {readOnly === null &&
          columns.map(
            ({ offer, name, number }) =>
              offer !== null && (
                <Button
                  key={offer}
                  size="compact-sm"
                  variant="default"
                  loading={adopt.isPending}
                  onClick={() => adopt.mutate({ offer, fromName: name, before: seen.version })}
                  title={t('records.columnVersion', { number: number ?? 0 })}
                >
                  {t('records.adoptAll', { name })}
                </Button>
              ),
          )}
        {columns.length > 1 && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking({ kind: 'compare', field: null })}>
            {t('records.compare')}
          </Button>
        )}
      </header>
      <div className={style.scroll}>
        <table className={style.table} aria-label={t('records.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('records.matrixField')}</th>
              {columns.map((column) => (
                <Head key={`${column.kind} ${column.offer ?? ''}`} column={column} />
              ))}
              {readOnly === null && <th scope="col">{t('records.matrixActions')}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <MatrixRow
                key={row.field}
                row={row}
                columns={columns}
                readOnly={readOnly !== null}
                busy={adopt.isPending || clear.isPending}
                actions={{
                  adopt: (offer, fromName) => adopt.mutate({ offer, fromName, fields: [row.field], before: seen.version }),
                  clear: () => clear.mutate([row.field]),
                  compare: () => setAsking({ kind: 'compare', field: row.field }),
                  offer: () => setAsking({ kind: 'offer' }),
                  publish: () => setAsking({ kind: 'publish', field: row.field }),
                }}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <div className={style.none}>
            <strong>{t('records.noneDiffers')}</strong>
            {columns.length < 3 && <span>{t('records.noneDiffersText')}</span>}
          </div>
        )}
      </div>
      {asking?.kind === 'offer' && <OfferDialog seen={seen} onClose={close} />}
      {asking?.kind === 'publish' && <PublishDialog kind={kind} seen={seen} chosen={asking.field} onClose={close} />}
      {asking?.kind === 'compare' && <CompareViewsDialog seen={seen} columns={columns} field={asking.field} onClose={close} />}
    </div>
  );
}

function Head({ column }: { readonly column: ViewMatrix['columns'][number] }): React.JSX.Element {
  return (
    <th scope="col" data-kind={column.kind}>
      <span className={style.columnName}>{column.name}</span>
      <span className={style.columnFacts}>
        {column.number !== null && t('records.columnVersion', { number: column.number })}
        {column.number !== null && column.at !== null && ', '}
        {column.at !== null && shortInstantText(column.at)}
      </span>
    </th>
  );
}
