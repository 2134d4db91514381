import { Button, Loader, Table } from '@mantine/core';
import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import { instantText } from '../../ui/format.ts';
import { useMigrations } from './useMigration.ts';
import classes from './migration.module.css';

/** The migrations there were, newest first, with the way to undo each. */
export function EarlierMigrations({ onUndo }: { readonly onUndo: (migration: Migration) => void }): React.JSX.Element {
  const { data, error } = useMigrations();
  if (error)
    return (
      <p className={classes['problem']} role="alert">
        {t('migration.earlierFailed', { problem: problemOf(error).message })}
      </p>
    );
  if (data === undefined) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  if (data.items.length === 0) return <p className={classes['none']}>{t('migration.earlierNone')}</p>;
  return (
    <div className={classes['body']}>
      <Table aria-label={t('migration.tabEarlier')} className={classes['earlier'] ?? ''} verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('migration.what')}</Table.Th>
            <Table.Th>{t('migration.when')}</Table.Th>
            <Table.Th>{t('migration.made')}</Table.Th>
            <Table.Th className={classes['stateCell'] ?? ''}>{t('migration.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((item) => (
            <Table.Tr key={item.migration}>
              <Table.Td className={classes['fileCell'] ?? ''}>
                <strong>{item.file}</strong>
                <small>{item.branch}</small>
              </Table.Td>
              <Table.Td>
                {instantText(item.at)}
                <small>{t('migration.by', { name: item.authorName })}</small>
              </Table.Td>
              <Table.Td>
                {recordsOf(item)}
                <small>
                  {counted('migration.links', item.links)}
                  {item.skipped > 0 && ` · ${item.skipped} ${t('migration.skipped', { count: item.skipped })}`}
                </small>
              </Table.Td>
              <Table.Td className={classes['stateCell'] ?? ''}>
                {item.reversedAt === null ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t('migration.undoOf', { file: item.file })}
                    onClick={() => onUndo(item)}
                  >
                    {t('migration.undoShort')}
                  </Button>
                ) : (
                  <span className={classes['quiet']}>{t('migration.undone', { at: instantText(item.reversedAt) })}</span>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** How many records a migration made, in words. */
export function recordsOf({ type, masters }: Pick<Migration, 'type' | 'masters'>): string {
  return counted(type === 'patient' ? 'migration.records_patient' : 'migration.records_clinic', masters);
}
