import { Button } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { t } from '../../messages/index.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import classes from './DifferencesTable.module.css';

export const glyph = { added: '+', removed: '−', changed: '~' } as const;
export const kindText = { added: t('compare.kindAdded'), removed: t('compare.kindRemoved'), changed: t('compare.kindChanged') };

/** Every difference in words, a row each: what it is, old to new, and who, when and why. */
export function DifferencesTable({
  items,
  current,
  onChoose,
  remaining,
  onMore,
}: {
  readonly items: readonly EntityChange[];
  readonly current: number;
  readonly onChoose: (index: number) => void;
  readonly remaining: number;
  readonly onMore: () => void;
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
            <Row key={`${item.type} ${item.id}`} item={item} index={index} current={index === current} onChoose={onChoose} />
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
}: {
  readonly item: EntityChange;
  readonly index: number;
  readonly current: boolean;
  readonly onChoose: (index: number) => void;
}): React.JSX.Element {
  return (
    <tr data-kind={item.kind} data-current={current || undefined} aria-current={current || undefined}>
      <td className={classes['kind']}>
        <span className={classes['glyph']} aria-hidden>
          {glyph[item.kind]}
        </span>
        <span className="visually-hidden">{kindText[item.kind]}</span>
      </td>
      <td className={classes['what']}>
        <button type="button" className={classes['title']} onClick={() => onChoose(index)}>
          {item.title}
        </button>
        <span className={classes['type']}>{item.typeLabel}</span>
        <ul className={classes['fields']}>
          {item.kind === 'changed' ? (
            item.fields.map((field) => (
              <li key={field.field}>
                <span className={classes['label']}>{field.label}</span> <del>{field.oldText || t('compare.empty')}</del>{' '}
                <span aria-hidden>→</span> <ins>{field.newText || t('compare.empty')}</ins>
              </li>
            ))
          ) : (
            <li>{item.text}</li>
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
