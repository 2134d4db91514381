import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';

/** Offers comparing from everywhere: the pinned moments, else the moment on screen against now. Mounted once by the window. */
export function CompareCommands(): null {
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const pins = usePosition((state) => state.pins);
  useCommands(
    useMemo<readonly Command[]>(() => {
      const shown = moment.kind === 'commit' ? { branch, at: moment.commit } : branch;
      const pinned = (pin: typeof pins.from) => (pin ? { branch: pin.branch, at: pin.commit } : null);
      return [
        {
          id: 'compare.open',
          title: moment.kind === 'commit' ? t('compare.commandNow') : t('compare.command'),
          section: 'review',
          words: 'diff difference changes since',
          run: () =>
            position.getState().go({ place: { screen: 'compare', from: pinned(pins.from) ?? shown, to: pinned(pins.to) ?? branch } }),
        },
      ];
    }, [branch, moment, pins]),
  );
  return null;
}
