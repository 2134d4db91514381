import { Loader } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Offer } from '../../../shared/contract/app/views.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { OfferCard } from './OfferCard.tsx';
import style from './inbox.module.css';

/** The standing offers to oneself, or by oneself, newest first. */
export function OfferList({ direction }: { readonly direction: 'received' | 'given' }): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const offers = useQuery(query.views.offers.queryOptions({ input: { direction, branch, mask: true, limit: 500 } }));
  const withdraw = useMutation({
    mutationFn: ({ offer }: Offer) => call.views.withdraw({ offer }),
    onSuccess: async (_, { toName }) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      announce(t('records.withdrawn', { name: toName }));
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  if (offers.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (offers.error)
    return (
      <p className={style.problem} role="alert">
        {problemOf(offers.error).message}
      </p>
    );
  const { items } = offers.data;
  if (items.length === 0)
    return (
      <div className={style.none}>
        <strong>{t(direction === 'received' ? 'records.receivedNone' : 'records.givenNone')}</strong>
        <span>{t(direction === 'received' ? 'records.receivedNoneText' : 'records.givenNoneText')}</span>
      </div>
    );
  return (
    <ul className={style.cards} aria-label={t(`records.inbox_${direction}`)}>
      {items.map((offer) => (
        <OfferCard
          key={offer.offer}
          offer={offer}
          direction={direction}
          onWithdraw={() => withdraw.mutate(offer)}
          busy={withdraw.isPending}
        />
      ))}
    </ul>
  );
}
