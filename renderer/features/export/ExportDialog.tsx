import { Modal } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { t } from '../../messages/index.ts';
import { useCommands, type Command } from '../../ui/commands.ts';

// Fetched when it is first opened; the command itself is there from the start.
const ExportForm = lazy(() => import('./ExportForm.tsx').then((part) => ({ default: part.ExportForm })));

/** Offers “Export…” from everywhere. Mounted once by the window. */
export function ExportDialog(): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'export.open',
          title: t('exportFile.command'),
          section: 'programme',
          keys: ['Mod+E'],
          words: 'excel xlsx csv download save spreadsheet workbook people absences clinics patients',
          run: () => setOpened(true),
        },
      ],
      [],
    ),
  );
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('exportFile.title')} size={680}>
      <Suspense fallback={null}>{opened && <ExportForm onClose={() => setOpened(false)} />}</Suspense>
    </Modal>
  );
}
