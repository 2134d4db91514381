import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';

/** Offers “Import a workbook” from everywhere. Mounted once by the window. */
export function ImportCommand(): null {
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'import.open',
          title: t('importRota.command'),
          section: 'programme',
          words: 'excel xlsx csv rota spreadsheet',
          run: () => position.getState().go({ place: { screen: 'import' } }),
        },
      ],
      [],
    ),
  );
  return null;
}
