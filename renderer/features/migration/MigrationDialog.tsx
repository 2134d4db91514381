import { Modal } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { opened, useOpened } from './opened.ts';
import { useMigratorReason } from './useMigration.ts';

// Fetched when it is first opened; the command itself is there from the start.
const MigrationSteps = lazy(() => import('./MigrationSteps.tsx').then((part) => ({ default: part.MigrationSteps })));

/** Offers “Migrate clinics and patients…” from everywhere, and shows its dialog. Mounted once by the window. */
export function MigrationDialog(): React.JSX.Element {
  const type = useOpened();
  const disabledReason = useMigratorReason();
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'migration.open',
          title: t('migration.command'),
          section: 'programme',
          words: t('migration.commandWords'),
          disabledReason,
          run: () => opened.getState().open('clinic'),
        },
      ],
      [disabledReason],
    ),
  );
  return (
    <Modal opened={type !== null} onClose={opened.getState().close} title={t('migration.title')} size={880}>
      <Suspense fallback={null}>{type !== null && <MigrationSteps first={type} />}</Suspense>
    </Modal>
  );
}
