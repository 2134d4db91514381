import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { diffFields } from '../../../shared/versioning/diff.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { labelOf, valueText, type RecordKind } from './record-type.ts';
import style from './panels.module.css';

/** Every version of the shared record on the branch. Identifiers are left out: they never change, and a patient's is masked. */
export function HistoryPanel({ kind, seen }: { readonly kind: RecordKind; readonly seen: SeenRecord }): React.JSX.Element {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const history = useQuery(query.versions.history.queryOptions({ input: { type: seen.type, id: seen.id, branch, limit: 500 } }));
  if (history.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (history.error)
    return (
      <p className={style.problem} role="alert">
        {problemOf(history.error).message}
      </p>
    );
  const until = moment.kind === 'commit' ? moment.position : Infinity;
  const items = history.data.items.filter((entry) => entry.position <= until);
  return (
    <div className={style.panel}>
      <header className={style.bar}>
        <span className={style.quiet}>{t('records.historyText', { branch })}</span>
      </header>
      {items.length === 0 && <div className={style.none}>{t('records.historyNone')}</div>}
      <ol className={style.versions} aria-label={t('records.part_history')}>
        {items.map((entry, index) => (
          <li key={`${entry.commit} ${entry.version}`} className={style.version}>
            <div className={style.number}>
              <strong>{t('records.version', { number: entry.number })}</strong>
            </div>
            <div className={style.story}>
              <div className={style.who}>
                <span>{entry.userName}</span>
                <span title={instantText(entry.officialAt)}>{shortInstantText(entry.officialAt)}</span>
                <span className={style.why}>
                  {entry.message}
                  {entry.reason !== null && ` · ${entry.reason}`}
                </span>
              </div>
              <ul className={style.changes}>
                {changesOf(kind, entry, items[index + 1] ?? null).map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </div>
            <div className={style.versionActions}>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => position.getState().go({ place: { screen: 'commit', commit: entry.commit } })}
              >
                {t('records.historyOpen', { position: entry.position })}
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function changesOf(kind: RecordKind, entry: HistoryEntry, before: HistoryEntry | null): readonly string[] {
  if (entry.operation === 'delete') return [t('records.historyDeleted')];
  if (before === null || entry.operation === 'create') return [t('records.historyCreated')];
  return diffFields(before.fields, entry.fields)
    .filter(({ field }) => field !== kind.identifier)
    .map(({ field, old, new: next }) =>
      t('records.change', {
        label: labelOf(kind, field),
        old: valueText(kind, field, old) || t('records.emptyValue'),
        new: valueText(kind, field, next) || t('records.emptyValue'),
      }),
    );
}
