import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import { useEngine } from '../../client/engine.ts';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { type ChangeStrip, changeStripOf } from './change-strip.ts';
import { cardTitleOf } from './words.ts';
import style from './HoverCard.module.css';

const cardWidth = 296;

/** What a step was: number, author, counts, reason and a small picture of the changed cells. The same for pointer and keyboard. */
export function HoverCard({
  id,
  x,
  width,
  summary,
  showsHint,
}: {
  readonly id: string;
  readonly x: number;
  readonly width: number;
  readonly summary: CommitSummary;
  readonly showsHint: boolean;
}): React.JSX.Element {
  const left = Math.min(Math.max(x - cardWidth / 2, 0), Math.max(0, width - cardWidth));
  return (
    <div className={style.card} style={{ insetInlineStart: left, width: cardWidth }} data-hint={showsHint || undefined}>
      <div id={id} role="tooltip" className={style.words}>
        <div className={style.title}>{cardTitleOf(summary)}</div>
        <div className={style.time}>{instantText(summary.at)}</div>
        <div className={style.message}>{summary.message}</div>
        {summary.reason !== null && summary.reason !== summary.message && (
          <div className={style.reason}>{t('timeline.quoted', { text: summary.reason })}</div>
        )}
        {summary.tags.length > 0 && (
          <div className={style.tags}>
            {summary.tags.slice(0, 4).map((tag) => (
              <span key={tag} className={style.tag}>
                {tag}
              </span>
            ))}
          </div>
        )}
      </div>
      <Strip summary={summary} />
    </div>
  );
}

/** The picture is asked for when the pointer rests, so that sweeping over the track asks nothing. */
function Strip({ summary }: { readonly summary: CommitSummary }): React.JSX.Element | null {
  const engine = useEngine();
  const [rested] = useDebouncedValue(summary.commit, 90);
  const detail = useQuery(engine.query.commits.get.queryOptions({ input: { commit: rested, limit: 120 } })).data;
  const strip = detail && detail.commit === summary.commit ? changeStripOf(detail.changes) : null;
  return <Picture strip={strip} />;
}

const kindGlyph = { added: '+', removed: '−', changed: '~' } as const;

function Picture({ strip }: { readonly strip: ChangeStrip | null }): React.JSX.Element | null {
  if (!strip) return null;
  return (
    <div className={style.strip} aria-hidden="true">
      {strip.rows.map((row) => (
        <div key={row.personId} className={style.row}>
          {row.cells.map((kind, index) => (
            // A picture of fixed cells: their place is their identity.
            // eslint-disable-next-line react/no-array-index-key
            <span key={index} className={style.cell} data-kind={kind ?? undefined}>
              {kind && kindGlyph[kind]}
            </span>
          ))}
        </div>
      ))}
      {strip.cut && <div className={style.more}>…</div>}
    </div>
  );
}
