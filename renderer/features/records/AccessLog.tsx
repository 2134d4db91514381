import { Button, Loader } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { useEngine, type Engine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { accessLog, type LoggedRecord } from './access-log.ts';
import { useSession } from './useRecords.ts';
import style from './access-log.module.css';

type Asking = Awaited<ReturnType<Engine['call']['views']['reveals']>>['items'][number];

const pageSize = 50;

/** Who asked for what is personal, newest first: one's own askings, for an administrator everybody's; of one record where it is narrowed. */
export function AccessLog({ record }: { readonly record: LoggedRecord | null }): React.JSX.Element {
  const session = useSession();
  const log = useAskings(record);
  const items: readonly Asking[] = log.data?.pages.flatMap((page) => page.items) ?? [];
  const total = log.data?.pages[0]?.total ?? null;
  return (
    <div className={style.log}>
      <p className={style.text}>
        {t('accessLog.kept')} {session && t(session.role === 'admin' ? 'accessLog.seesAll' : 'accessLog.seesOwn')}
      </p>
      {record !== null && (
        <div className={style.narrowed}>
          <span>{t('accessLog.onlyOf', { title: record.title })}</span>
          <Button size="compact-xs" variant="subtle" onClick={() => accessLog.getState().open(null)}>
            {t('accessLog.showAll')}
          </Button>
        </div>
      )}
      {log.isPending && <Loader size="sm" role="status" aria-label={t('common.loading')} />}
      {log.error && (
        <p className={style.problem} role="alert">
          {t('accessLog.failed', { problem: problemOf(log.error).message })}
        </p>
      )}
      {total === 0 && <p className={style.none}>{t('accessLog.none')}</p>}
      {total !== null && total > 0 && (
        <div className={style.frame}>
          <table className={style.table} aria-label={t('accessLog.title')}>
            <thead>
              <tr>
                <th scope="col">{t('accessLog.when')}</th>
                <th scope="col">{t('accessLog.who')}</th>
                <th scope="col">{t('accessLog.what')}</th>
                <th scope="col">{t('accessLog.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={`${item.at} ${item.type} ${item.id}`}>
                  <td className={style.when} title={instantText(item.at)}>
                    {shortInstantText(item.at)}
                  </td>
                  <td>{item.user === session?.userId ? t('accessLog.me', { name: item.userName }) : item.userName}</td>
                  <td>
                    <What item={item} />
                  </td>
                  <td data-none={item.reason === null || undefined}>{item.reason ?? t('accessLog.noReason')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {log.hasNextPage && (
        <div className={style.foot}>
          <span>{t('accessLog.shown', { shown: items.length, total: total ?? 0 })}</span>
          <Button size="compact-sm" variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('accessLog.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** `CPF of José da Silva`; a record that is not on one's own list has no name here. */
function What({ item }: { readonly item: Asking }): React.JSX.Element {
  const { label, plural, identifier, fields } = entityTypeOf(item.type);
  if (item.what === 'export')
    return (
      <>
        {t('accessLog.export', { plural })} <span className={style.quiet}>{t('accessLog.records', { count: item.records })}</span>
      </>
    );
  const asked = identifier === null ? undefined : fields[identifier]?.label;
  return <>{t('accessLog.identifier', { label: asked ?? item.what, name: item.title ?? t('accessLog.oneOf', { label }) })}</>;
}

function useAskings(record: LoggedRecord | null) {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  return useInfiniteQuery(
    query.views.reveals.infiniteOptions({
      input: (cursor: string | undefined) => ({
        branch,
        gathered: true,
        limit: pageSize,
        ...(record !== null && { type: record.type, id: record.id }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
  );
}
