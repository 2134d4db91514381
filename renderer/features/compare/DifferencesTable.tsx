import { Button, Checkbox } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { t } from '../../messages/index.ts';
import { datesInWords, instantText, shortInstantText } from '../../ui/format.ts';
import classes from './DifferencesTable.module.css';

const glyph = { added: '+', removed: '−', changed: '~' } as const;
const kindText = { added: t('compare.kindAdded'), removed: t('compare.kindRemoved'), changed: t('compare.kindChanged') };

/** Records chosen in the list, by type and id. */
export interface Picking {
  readonly picked: ReadonlySet<string>;
  readonly onPick: (items: readonly EntityChange[], on: boolean) => void;
}

/** A record's key among the chosen ones. */
export function pickKey({ type, id }: Pick<EntityChange, 'type' | 'id'>): string {
  return `${type} ${id}`;
}

/** Every difference in words, a row each: what it is, old to new, and who, when and why. */
export function DifferencesTable({
  items,
  current,
  onChoose,
  remaining,
  onMore,
  picking = null,
}: {
  readonly items: readonly EntityChange[];
  readonly current: number;
  readonly onChoose: (index: number) => void;
  readonly remaining: number;
  readonly onMore: () => void;
  /** Which records are chosen to be brought over; `null` where the sides are not two branches. */
  readonly picking?: Picking | null;
}): React.JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    body.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div className={classes['scroller']}>
      <table className={classes['table']} aria-label={t('compare.differences')}>
        <tbody ref={body}>
          {items.map((item, index) => (
            <Row
              key={pickKey(item)}
              item={item}
              index={index}
              current={index === current}
              onChoose={onChoose}
              picked={picking && picking.picked.has(pickKey(item))}
              onPick={picking?.onPick}
            />
          ))}
        </tbody>
      </table>
      {remaining > 0 && (
        <Button variant="subtle" size="compact-sm" m="xs" onClick={onMore}>
          {t('compare.more', { count: remaining })}
        </Button>
      )}
    </div>
  );
}

const Row = memo(function Row({
  item,
  index,
  current,
  onChoose,
  picked,
  onPick,
}: {
  readonly item: EntityChange;
  readonly index: number;
  readonly current: boolean;
  readonly onChoose: (index: number) => void;
  readonly picked: boolean | null;
  readonly onPick: Picking['onPick'] | undefined;
}): React.JSX.Element {
  return (
    <tr data-kind={item.kind} data-current={current || undefined} aria-current={current || undefined}>
      {picked !== null && (
        <td className={classes['pick']}>
          <Checkbox
            size="xs"
            checked={picked}
            aria-label={t('pick.choose', { title: datesInWords(item.title) })}
            onChange={(event) => onPick?.([item], event.currentTarget.checked)}
          />
        </td>
      )}
      <td className={classes['kind']}>
        <span className={classes['glyph']} aria-hidden>
          {glyph[item.kind]}
        </span>
        <span className="visually-hidden">{kindText[item.kind]}</span>
      </td>
      <td className={classes['what']}>
        <button type="button" className={classes['title']} onClick={() => onChoose(index)}>
          {datesInWords(item.title)}
        </button>
        <span className={classes['type']}>{item.typeLabel}</span>
        <ul className={classes['fields']}>
          {item.kind === 'changed' ? (
            item.fields.map((field) => (
              <li key={field.field}>
                <span className={classes['label']}>{field.label}</span> <del>{datesInWords(field.oldText, true) || t('compare.empty')}</del>{' '}
                <span aria-hidden>→</span> <ins>{datesInWords(field.newText, true) || t('compare.empty')}</ins>
              </li>
            ))
          ) : (
            <li>{datesInWords(item.text)}</li>
          )}
        </ul>
        <p className={classes['who']}>
          {item.authorName !== null && item.at !== null && (
            <span title={instantText(item.at)}>{t('compare.whoWhen', { name: item.authorName, at: shortInstantText(item.at) })}</span>
          )}
          {(item.reason ?? item.message) !== null && <q>{item.reason ?? item.message}</q>}
        </p>
      </td>
    </tr>
  );
});
