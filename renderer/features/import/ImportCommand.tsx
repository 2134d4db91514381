import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useViewingReason } from '../../position/viewed.ts';
import { useCommands, type Command } from '../../ui/commands.ts';

/** Offers “Import a workbook” from everywhere. Mounted once by the window. */
export function ImportCommand(): null {
  const disabledReason = useViewingReason();
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'import.open',
          title: t('importRota.command'),
          section: 'programme',
          words: 'excel xlsx csv rota spreadsheet',
          disabledReason,
          run: () => position.getState().go({ place: { screen: 'import' } }),
        },
      ],
      [disabledReason],
    ),
  );
  return null;
}
