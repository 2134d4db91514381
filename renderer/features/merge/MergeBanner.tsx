import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { leftText } from './merge-words.ts';
import { openMerge } from './useFinish.ts';
import { useFreshMerges, useOpenMerges } from './useMergeSession.ts';
import style from './banner.module.css';

/** Says on every screen that a merge is in progress, and goes back to it. Nothing while none is, or while it is on screen. */
export function MergeBanner(): React.JSX.Element | null {
  useFreshMerges();
  const open = useOpenMerges().data;
  const place = usePosition((state) => state.place);
  const others = (open?.items ?? []).filter((merge) => place.screen !== 'merge' || place.merge !== merge.merge);
  const [first] = others;
  if (!first || place.screen === 'merge') return null;
  return (
    <section className={style.banner} aria-label={t('merge.banner')}>
      <IconGitMerge size={16} stroke={1.8} aria-hidden />
      <strong>{t('merge.banner')}</strong>
      <span className={style.text}>
        {t('merge.bannerText', {
          source: first.source,
          target: first.target,
          left: first.left === 0 ? t('merge.nothingLeft') : leftText(first),
        })}
      </span>
      <span className={style.quiet} title={instantText(first.startedAt)}>
        {t('merge.bannerStarted', { name: first.startedByName, at: shortInstantText(first.startedAt) })}
        {others.length > 1 && `, ${t('merge.bannerMore', { count: others.length - 1 })}`}
      </span>
      <Button
        size="compact-sm"
        onClick={() => openMerge(first.merge)}
        aria-label={`${t('merge.resume')}: ${first.source} → ${first.target}`}
      >
        {t('merge.resume')}
      </Button>
    </section>
  );
}

/** How many merges are in progress, for the badge of the section. */
export function useMergeCount(): number {
  return useOpenMerges().data?.total ?? 0;
}
