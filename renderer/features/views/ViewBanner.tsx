import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useViews } from './useViews.ts';
import style from './views.module.css';

/** Says on every screen whose view it is while it is not one's own, and leads back. */
export function ViewBanner(): React.JSX.Element | null {
  const view = usePosition((state) => state.view);
  const views = useViews();
  if (view === null || views === null) return null;
  const { name, offered } = views.shown;
  return (
    <section className={style.banner} aria-label={t('views.banner')}>
      <IconEye size={16} stroke={1.8} aria-hidden />
      <strong>{t('views.viewing', { name })}</strong>
      <span className={style.text}>{offered > 0 ? t('views.viewingText', { name }) : t('views.gone', { name })}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          position.getState().go({ view: null });
          announce(t('views.mine'));
        }}
      >
        {t('views.back')}
      </Button>
    </section>
  );
}
