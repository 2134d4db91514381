import { Button } from '@mantine/core';
import { IconDatabaseImport } from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import { opened, type MasterType } from './opened.ts';
import { useMigratorReason } from './useMigration.ts';

/** Opens the migration dialog for a type, from the head of its screen. */
export function MigrationButton({ type }: { readonly type: MasterType }): React.JSX.Element {
  const reason = useMigratorReason();
  return (
    <Button
      variant="default"
      leftSection={<IconDatabaseImport size={14} aria-hidden />}
      aria-disabled={reason !== null || undefined}
      {...(reason !== null && { 'data-disabled': true, title: reason })}
      onClick={() => reason === null && opened.getState().open(type)}
    >
      {t('migration.button')}
    </Button>
  );
}
