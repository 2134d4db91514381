import { Title } from '@mantine/core';
import { t } from '../../messages/index.ts';
import { position, type InboxPart } from '../../position/position.ts';
import { DriftList } from './DriftList.tsx';
import { OfferList } from './OfferList.tsx';
import { useInboxCounts } from './useInboxCounts.ts';
import style from './inbox.module.css';

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
      <div className={style.tabs} role="tablist" aria-label={t('records.inboxParts')}>
        {parts.map((each, index) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`inbox-tab-${each}`}
            aria-selected={part === each}
            aria-controls="inbox-panel"
            tabIndex={part === each ? 0 : -1}
            className={style.tab}
            onClick={() => open(each)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              const next = parts[(index + step + parts.length) % parts.length];
              if (step === 0 || !next || event.altKey) return;
              event.preventDefault();
              open(next);
              document.getElementById(`inbox-tab-${next}`)?.focus();
            }}
          >
            {t(`records.inbox_${each}`)}
            {counts[each] > 0 && <span className={style.count}>{counts[each]}</span>}
          </button>
        ))}
      </div>
      <div className={style.panel} id="inbox-panel" role="tabpanel" aria-labelledby={`inbox-tab-${part}`}>
        {part === 'drift' ? <DriftList /> : <OfferList key={part} direction={part} />}
      </div>
    </section>
  );
}
