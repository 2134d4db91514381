import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Conflict, MergeSession } from '../../../shared/contract/app/merges.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import style from './conflict.module.css';

const shown = 12;

/** The history of the record in conflict, on both branches beside each other. */
export function BothHistories({ conflict, session }: { readonly conflict: Conflict; readonly session: MergeSession }): React.JSX.Element {
  return (
    <div className={style.stands}>
      <History conflict={conflict} branch={session.target} letter="A" />
      {session.sourceTip !== null && <History conflict={conflict} branch={session.source} letter="B" />}
    </div>
  );
}

function History({
  conflict: { entity },
  branch,
  letter,
}: {
  readonly conflict: Conflict;
  readonly branch: string;
  readonly letter: 'A' | 'B';
}): React.JSX.Element {
  const { query } = useEngine();
  const answer = useQuery({ ...query.versions.history.queryOptions({ input: { ...entity, branch, limit: shown } }), staleTime: 0 });
  return (
    <section className={style.stand} data-side={letter} aria-label={t('merge.historyOn', { branch })}>
      <h3>
        <span className={style.letter} aria-hidden>
          {letter}
        </span>
        {t('merge.historyOn', { branch })}
      </h3>
      {answer.isPending && <Loader size="xs" aria-label={t('common.loading')} />}
      {answer.error && <p role="alert">{problemOf(answer.error).message}</p>}
      {answer.data?.items.length === 0 && <p>{t('merge.historyEmpty')}</p>}
      <ol className={style.history}>
        {answer.data?.items.map((entry) => (
          <li key={`${entry.commit} ${entry.number}`}>
            <span title={instantText(entry.officialAt)}>{shortInstantText(entry.officialAt)}</span>
            <span>{entry.userName}</span>
            <strong>{entry.operation === 'delete' ? t('merge.historyDeleted') : entry.text}</strong>
            <q>{entry.reason ?? entry.message}</q>
          </li>
        ))}
      </ol>
    </section>
  );
}
