import { Group, Loader, Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeenRecord, ViewMatrix, ViewSide } from '../../../shared/contract/app/views.ts';
import { UserId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import style from './matrix.module.css';

/** Two views of a record against each other, in words: the shared one, one's own, those that were offered. */
export function CompareViewsDialog({
  seen,
  columns,
  field,
  onClose,
}: {
  readonly seen: SeenRecord;
  readonly columns: ViewMatrix['columns'];
  /** The field that was asked about: it stands first. */
  readonly field: string | null;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const { query } = useEngine();
  const { input } = useViewed();
  const { view: _, ...at } = input;
  const sides = columns.map((column, index) => ({ value: String(index), label: sideLabel(column), side: sideOf(column) }));
  const [from, setFrom] = useState('0');
  const [to, setTo] = useState(String(Math.min(1, columns.length - 1)));
  const comparison = useQuery(
    query.views.compare.queryOptions({
      input: { type: seen.type, id: seen.id, a: sides[Number(from)]?.side ?? 'shared', b: sides[Number(to)]?.side ?? 'shared', ...at },
    }),
  );
  const changes = (comparison.data?.changes ?? []).toSorted((a, b) => Number(b.field === field) - Number(a.field === field));
  return (
    <Modal opened onClose={onClose} size="lg" title={t('records.compareTitle')}>
      <Group grow mb="sm">
        <Select
          label={t('records.compareFrom')}
          data={sides}
          value={from}
          allowDeselect={false}
          onChange={(value) => setFrom(value ?? '0')}
        />
        <Select label={t('records.compareTo')} data={sides} value={to} allowDeselect={false} onChange={(value) => setTo(value ?? '0')} />
      </Group>
      {comparison.isPending && <Loader size="sm" role="status" aria-label={t('common.loading')} />}
      {comparison.error && (
        <p className={style.problem} role="alert">
          {problemOf(comparison.error).message}
        </p>
      )}
      {comparison.data && changes.length === 0 && (
        <p className={style.text}>{t('records.compareSame', { a: comparison.data.a.label, b: comparison.data.b.label })}</p>
      )}
      {comparison.data && changes.length > 0 && (
        <table className={style.compare} aria-label={t('records.compareList')}>
          <thead>
            <tr>
              <th scope="col">{t('records.matrixField')}</th>
              <th scope="col">{comparison.data.a.label}</th>
              <th scope="col">{comparison.data.b.label}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field} data-asked={change.field === field || undefined}>
                <th scope="row">{change.label}</th>
                <td>{change.oldText || t('records.emptyValue')}</td>
                <td>{change.newText || t('records.emptyValue')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}

function sideLabel({ kind, name, number }: ViewMatrix['columns'][number]): string {
  if (kind === 'shared') return t('records.compareShared');
  if (kind === 'mine') return number === null ? t('records.compareMineNone') : t('records.compareMine', { number });
  return t('records.compareOffered', { name, number: number ?? 0 });
}

function sideOf({ kind, user, number }: ViewMatrix['columns'][number]): ViewSide {
  if (kind === 'shared') return 'shared';
  const version = number !== null && { version: number };
  return kind === 'mine' || user === null ? { ...version } : { user: UserId.parse(user), ...version };
}
