import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { position, usePosition } from '../position/position.ts';
import { t } from '../messages/index.ts';
import { useCommands, type Command } from '../ui/commands.ts';
import { openSection, sections } from './Navigation.tsx';
import { moveRegion } from './regions.ts';

/** The commands of the window itself: sections, navigation back and forward, inspector, colours. */
export function useShellCommands({
  inspector,
  toggleInspector,
}: {
  readonly inspector: boolean;
  readonly toggleInspector: () => void;
}): void {
  const canGoBack = usePosition((state) => state.back.length > 0);
  const canGoForward = usePosition((state) => state.forward.length > 0);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useCommands(
    useMemo((): readonly Command[] => {
      const schemes: readonly (readonly [MantineColorScheme, string])[] = [
        ['auto', t('app.colourAuto')],
        ['light', t('app.colourLight')],
        ['dark', t('app.colourDark')],
      ];
      return [
        ...sections.map((section, index): Command => ({
          id: `go.${section.screen}`,
          title: t(section.label),
          section: 'go',
          keys: [`Mod+${index + 1}`],
          run: () => openSection(section.screen),
        })),
        {
          id: 'go.back',
          title: t('app.backInTime'),
          section: 'go',
          keys: ['Alt+ArrowLeft'],
          disabledReason: canGoBack ? null : t('app.nothingBack'),
          run: () => position.getState().goBack(),
        },
        {
          id: 'go.forward',
          title: t('app.forwardInTime'),
          section: 'go',
          keys: ['Alt+ArrowRight'],
          disabledReason: canGoForward ? null : t('app.nothingForward'),
          run: () => position.getState().goForward(),
        },
        { id: 'go.nextRegion', title: t('app.nextRegion'), section: 'go', keys: ['F6'], run: () => moveRegion(1) },
        { id: 'go.previousRegion', title: t('app.previousRegion'), section: 'go', keys: ['Shift+F6'], run: () => moveRegion(-1) },
        {
          id: 'view.inspector',
          title: inspector ? t('app.hideInspector') : t('app.showInspector'),
          section: 'view',
          keys: ['Alt+Enter'],
          run: toggleInspector,
        },
        ...schemes.map(([scheme, title]): Command => ({
          id: `view.colours.${scheme}`,
          title: `${t('app.colourScheme')}: ${title}`,
          section: 'view',
          words: 'theme dark light',
          disabledReason: colorScheme === scheme ? t('app.alreadySo') : null,
          run: () => setColorScheme(scheme),
        })),
      ];
      // `toggleInspector` only sets state; a new one every render must not offer the commands anew.
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [inspector, canGoBack, canGoForward, colorScheme, setColorScheme]),
  );
}
