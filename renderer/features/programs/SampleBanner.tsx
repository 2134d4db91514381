import { Button, CloseButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { StartOwn } from './StartOwn.tsx';
import style from './programs.module.css';

const keyOf = (program: string): string => `rosterline.sampleBannerHidden.${program}`;
function wasHidden(program: string): boolean {
  try {
    return localStorage.getItem(keyOf(program)) !== null;
  } catch {
    return false;
  }
}

/** Says that this programme is invented, and how to begin one's own. */
export function SampleBanner({ program }: { readonly program: string }): React.JSX.Element | null {
  const [hidden, setHidden] = useState(() => wasHidden(program));
  const [starting, setStarting] = useState(false);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'programme.startOwn', title: t('programs.startOwn'), section: 'programme', run: () => setStarting(true) },
      ],
      [],
    ),
  );
  return (
    <>
      {!hidden && (
        <section className={style.banner} aria-label={t('programs.sampleBanner')}>
          <span className={style.bannerName}>{t('programs.sampleBanner')}</span>
          <span className={style.bannerText}>{t('programs.sampleBannerText')}</span>
          <Button size="compact-xs" onClick={() => setStarting(true)}>
            {t('programs.startOwn')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => position.getState().go({ place: { screen: 'import' } })}>
            {t('programs.importWorkbook')}
          </Button>
          <CloseButton
            size="sm"
            aria-label={t('programs.hideBanner')}
            onClick={() => {
              setHidden(true);
              try {
                localStorage.setItem(keyOf(program), '1');
              } catch {
                // Without storage the banner comes back next time.
              }
            }}
          />
        </section>
      )}
      {starting && <StartOwn onClose={() => setStarting(false)} />}
    </>
  );
}
