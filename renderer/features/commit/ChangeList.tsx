import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import style from './ChangeList.module.css';

const glyphs = { added: '+', removed: '−', changed: '~' } as const;

/** Everything a step changed, in words; as long as it has to be, since only what is in sight is drawn. */
export function ChangeList({
  changes,
  show,
  blame,
}: {
  readonly changes: readonly EntityChange[];
  /** Shows a changed cell in the roster. */
  readonly show: (change: EntityChange) => void;
  /** Whose value each field of a changed record is; another feature's. */
  readonly blame?: ((change: EntityChange) => React.ReactNode) | undefined;
}): React.JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  // The compiler cannot follow the virtualizer's own state; the component is not memoized and does not need to be.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    overscan: 12,
    getItemKey: (index) => `${changes[index]?.type} ${changes[index]?.id}`,
  });
  return (
    <div className={style.scroller} ref={scroller}>
      <ul className={style.list} style={{ height: virtual.getTotalSize() }} aria-label={t('commit.changes', { count: changes.length })}>
        {virtual.getVirtualItems().map((item) => {
          const change = changes[item.index];
          if (!change) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={style.change}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-posinset={item.index + 1}
              aria-setsize={changes.length}
            >
              <span className={style.kind} data-kind={change.kind}>
                <span aria-hidden="true">{glyphs[change.kind]}</span>
                <span className="visually-hidden">{t(`commit.${change.kind}`)}</span>
              </span>
              <div className={style.words}>
                <div className={style.title}>{datesInWords(change.title)}</div>
                <Words change={change} />
                {blame?.(change)}
              </div>
              {change.slot && (
                <button type="button" className={style.show} onClick={() => show(change)}>
                  {t('commit.openCell')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Words({ change }: { readonly change: EntityChange }): React.JSX.Element {
  if (change.kind !== 'changed') return <div className={style.text}>{datesInWords(change.text)}</div>;
  return (
    <>
      {change.fields.map((field) => (
        <div key={field.field} className={style.text}>
          {t('commit.fieldChange', {
            label: field.label,
            before: datesInWords(field.oldText, true) || t('commit.nothing'),
            after: datesInWords(field.newText, true) || t('commit.nothing'),
          })}
        </div>
      ))}
    </>
  );
}
