import { useQuery } from '@tanstack/react-query';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { accessLog } from './access-log.ts';
import style from './access-log.module.css';

/** How often a record's personal data was asked for and when last, as far as the acting user may know; leads to the log of this record. */
export function AskedLink({ seen: { type, id, title } }: { readonly seen: SeenRecord }): React.JSX.Element | null {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const asked = useQuery(query.views.reveals.queryOptions({ input: { type, id, branch, gathered: true, limit: 1 } })).data;
  const last = asked?.items[0];
  if (!asked || !last) return null;
  return (
    <button
      type="button"
      className={style.asked}
      title={`${t('accessLog.askedHint')} (${instantText(last.at)})`}
      aria-haspopup="dialog"
      onClick={() => accessLog.getState().open({ type, id, title })}
    >
      {t('accessLog.asked', { count: asked.total, at: shortInstantText(last.at) })}
    </button>
  );
}
