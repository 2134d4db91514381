import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { EntityId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { momentParameter, usePosition } from '../../position/position.ts';
import { t } from '../../messages/index.ts';
import { entityHistoryOf, fieldWords, rowAt } from './cell-history.ts';
import type { Blame } from './CellView.tsx';
import { HistoryRows } from './HistoryRows.tsx';
import { namesOf } from './useCellHistory.ts';
import { useUseValue } from './useValue.ts';
import style from './CellInspector.module.css';

const nobody = namesOf();

/** The selected person's own record: as it was at the moment on screen, and every version of it. */
export function PersonView({ personId, blame }: { readonly personId: string; readonly blame?: Blame | undefined }): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const [reason, setReason] = useState('');
  const { use, busy } = useUseValue();
  const id = EntityId.safeParse(personId).data ?? EntityId.parse('nobody');
  const tip = useQuery(engine.query.commits.at.queryOptions({ input: { branch } })).data;
  const at = momentParameter(moment) ?? tip?.commit;
  const shown = useQuery({
    ...engine.query.versions.at.queryOptions({ input: { type: 'person', id, branch, ...(at && { at }) } }),
    enabled: at !== undefined,
  });
  const history = useQuery(engine.query.versions.history.queryOptions({ input: { type: 'person', id, branch, limit: 1_000 } }));
  const error = shown.error ?? history.error;
  if (error)
    return (
      <p className={style.problem} role="alert">
        {t('history.loadFailed', { problem: problemOf(error).message })}
      </p>
    );
  const rows = entityHistoryOf('person', { id, entries: history.data?.items ?? [] }, nobody);
  const isNow = moment.kind === 'now';
  const inForce = rowAt(rows, isNow ? Infinity : moment.position);
  const name = inForce?.code ?? rows[0]?.code ?? '…';
  return (
    <>
      <header className={style.head}>
        <h2 className={style.title}>{name}</h2>
        <div className={style.subtitle}>{t('history.personFacts')}</div>
      </header>
      <section className={style.value}>
        {shown.data && !shown.data.existed && <div className={style.empty}>{t('history.personGone')}</div>}
        <dl className={style.fields}>
          {shown.data?.existed &&
            fieldWords('person', shown.data.fields, nobody).map(({ label, text }) => (
              <div key={label} className={style.field}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
        </dl>
        {blame?.({ type: 'person', id, branch, at: momentParameter(moment) })}
      </section>
      {rows.length > 0 && (
        <section className={style.history}>
          <h2 className={style.heading}>{t('history.historyCount', { count: rows.length })}</h2>
          {rows.length > 1 && (
            <TextInput
              className={style.reason}
              aria-label={t('history.useWhy')}
              placeholder={t('history.useWhyHint')}
              value={reason}
              maxLength={2_000}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <HistoryRows
            rows={rows}
            label={t('history.historyOfPerson')}
            inForce={inForce}
            isNow={isNow}
            actions={{
              busy,
              subject: name,
              canUse: (row) => row.stands && row !== rows[0],
              tipPosition: tip?.position ?? Infinity,
              use: (row) => {
                use({ row, standing: [], reason });
                setReason('');
              },
            }}
          />
        </section>
      )}
    </>
  );
}
