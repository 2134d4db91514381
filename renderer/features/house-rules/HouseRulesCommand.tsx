import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';

/** Opens the house rules from everywhere. Mounted once by the window. */
export function HouseRulesCommand(): null {
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'merge.houseRules',
          title: t('houseRules.command'),
          section: 'branch',
          words: t('houseRules.commandWords'),
          run: () => position.getState().go({ place: { screen: 'houseRules' } }),
        },
      ],
      [],
    ),
  );
  return null;
}
