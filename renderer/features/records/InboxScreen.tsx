import { Title } from '@mantine/core';
import { t } from '../../messages/index.ts';
import { position, type InboxPart } from '../../position/position.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { DriftList } from './DriftList.tsx';
import { OfferList } from './OfferList.tsx';
import { useInboxCounts } from './useInboxCounts.ts';
import style from './inbox.module.css';
import tabsLook from './tabs.module.css';

const parts: readonly InboxPart[] = ['received', 'given', 'drift'];

/** What waits for a decision about one's own view: offers of others, one's own standing offers, shared records that moved. */
export function InboxScreen({ part }: { readonly part: InboxPart }): React.JSX.Element {
  const counts = useInboxCounts();
  const open = (next: InboxPart): void => position.getState().go({ place: { screen: 'inbox', part: next } }, 'replace');
  return (
    <section className={style.screen} aria-labelledby="inbox-title">
      <header className={style.bar}>
        <Title order={1} size="h4" id="inbox-title">
          {t('records.inbox')}
        </Title>
      </header>
      <Tabs group="inbox" label={t('records.inboxParts')} parts={parts} shown={part} onShow={open} look={tabsLook}>
        {(each) => (
          <>
            {t(`records.inbox_${each}`)}
            {counts[each] > 0 && <span className={style.count}>{counts[each]}</span>}
          </>
        )}
      </Tabs>
      <div className={style.panel} id="inbox-panel" role="tabpanel" aria-labelledby={`inbox-tab-${part}`}>
        {part === 'drift' ? <DriftList /> : <OfferList key={part} direction={part} />}
      </div>
    </section>
  );
}
