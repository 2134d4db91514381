import { Button, Loader } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Drift } from '../../../shared/contract/app/views.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { shortInstantText } from '../../ui/format.ts';
import { kindOfType } from './record-type.ts';
import style from './inbox.module.css';

type Choice = 'shared' | 'mine';

/** Records whose shared one moved since one's own version was made: what it was, what is shared now, what one sees; one click per field. */
export function DriftList(): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const drift = useQuery(query.views.drift.queryOptions({ input: { branch, mask: true, limit: 500 } }));
  const settle = useMutation({
    mutationFn: ({ drift: { type, id }, choices }: { readonly drift: Drift; readonly choices: Readonly<Record<string, Choice>> }) =>
      call.views.settle({ type, id, choices: { ...choices }, branch }),
    onSuccess: async (_, { drift: { title, fields }, choices }) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      const [only, second] = Object.entries(choices);
      const label = fields.find(({ field }) => field === only?.[0])?.label ?? '';
      if (only === undefined || second !== undefined) announce(t('records.settledAll', { title }));
      else announce(t(only[1] === 'shared' ? 'records.settledShared' : 'records.settledMine', { field: label }));
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  if (drift.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (drift.error)
    return (
      <p className={style.problem} role="alert">
        {problemOf(drift.error).message}
      </p>
    );
  const { items } = drift.data;
  if (items.length === 0)
    return (
      <div className={style.none}>
        <strong>{t('records.driftNone')}</strong>
        <span>{t('records.driftNoneText')}</span>
      </div>
    );
  return (
    <ul className={style.cards} aria-label={t('records.inbox_drift')}>
      {items.map((each) => (
        <DriftCard
          key={`${each.type} ${each.id}`}
          drift={each}
          busy={settle.isPending}
          onSettle={(choices) => settle.mutate({ drift: each, choices })}
        />
      ))}
    </ul>
  );
}

function DriftCard({
  drift,
  busy,
  onSettle,
}: {
  readonly drift: Drift;
  readonly busy: boolean;
  readonly onSettle: (choices: Readonly<Record<string, Choice>>) => void;
}): React.JSX.Element {
  const kind = kindOfType(drift.type);
  const apart = drift.fields.filter((field) => field.kind === 'apart');
  const all = (choice: Choice): Record<string, Choice> => Object.fromEntries(apart.map(({ field }) => [field, choice]));
  return (
    <li className={style.card}>
      <header className={style.cardHead}>
        <div className={style.cardTitle}>
          <strong>{drift.title}</strong>
          <span className={style.quiet}>
            {kind.definition.label} · {t('records.ownVersion', { number: drift.version })} ·{' '}
            {t('records.driftBy', { name: drift.sharedAuthorName, at: shortInstantText(drift.sharedAt), message: drift.sharedMessage })}
          </span>
        </div>
        <div className={style.cardActions}>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => position.getState().go({ place: { screen: kind.screen, record: drift.id, part: 'form' } })}
          >
            {t('records.open')}
            <span className="visually-hidden"> {drift.title}</span>
          </Button>
          {apart.length > 1 && (
            <>
              <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onSettle(all('shared'))}>
                {t('records.takeSharedAll')}
              </Button>
              <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onSettle(all('mine'))}>
                {t('records.keepMineAll')}
              </Button>
            </>
          )}
        </div>
      </header>
      <table className={style.table} aria-label={t('records.driftTable', { title: drift.title })}>
        <thead>
          <tr>
            <th scope="col">{t('records.matrixField')}</th>
            <th scope="col">{t('records.wasValue')}</th>
            <th scope="col">{t('records.sharedNow')}</th>
            <th scope="col">{t('records.mineNow')}</th>
            <th scope="col">{t('records.matrixActions')}</th>
          </tr>
        </thead>
        <tbody>
          {drift.fields.map((field) => (
            <tr key={field.field}>
              <th scope="row">{field.label}</th>
              <td className={style.was}>{field.baseText || t('records.emptyValue')}</td>
              <td className={style.offeredValue}>{field.sharedText || t('records.emptyValue')}</td>
              <td className={style.mineValue}>{field.mineText || t('records.emptyValue')}</td>
              <td>
                {field.kind === 'followed' ? (
                  <span className={style.quiet}>{t('records.followed')}</span>
                ) : (
                  <span className={style.choices}>
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      aria-label={t('records.takeSharedLabel', { field: field.label })}
                      onClick={() => onSettle({ [field.field]: 'shared' })}
                    >
                      {t('records.takeShared')}
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      aria-label={t('records.keepMineLabel', { field: field.label })}
                      onClick={() => onSettle({ [field.field]: 'mine' })}
                    >
                      {t('records.keepMine')}
                    </Button>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}
