import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Offer } from '../../../shared/contract/app/views.ts';
import { valueOf } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { formFields, kindOfType, labelOf, valueText } from './record-type.ts';
import { useAdopt } from './useAdopt.ts';
import style from './inbox.module.css';

/** One offer: who, which version, and field by field what it says instead of what one sees. Adopted whole or in part, or withdrawn. */
export function OfferCard({
  offer,
  direction,
  onWithdraw,
  busy,
}: {
  readonly offer: Offer;
  readonly direction: 'received' | 'given';
  readonly onWithdraw: () => void;
  readonly busy: boolean;
}): React.JSX.Element {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const kind = kindOfType(offer.type);
  const adopt = useAdopt();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const isReceived = direction === 'received';
  // What one sees oneself; nothing where one never registered the record.
  const mine = useQuery(query.views.get.queryOptions({ input: { type: offer.type, id: offer.id, branch, mask: true } }));
  const seen = mine.data ?? null;
  const fields = formFields(kind).filter(
    (field) =>
      (isReceived && seen === null && valueOf(offer.fields, field) !== null) ||
      (offer.origins[field] === 'own' &&
        !(isReceived && seen !== null && sameJson(valueOf(offer.fields, field), valueOf(seen.fields, field)))),
  );
  const adoptable = fields.filter((field) => offer.origins[field] === 'own');
  const chosen = adoptable.filter((field) => !left.has(field));
  const text = (field: string, of: Offer['fields']): string => valueText(kind, field, valueOf(of, field)) || t('records.emptyValue');
  return (
    <li className={style.card}>
      <header className={style.cardHead}>
        <div className={style.cardTitle}>
          <strong>{offer.title}</strong>
          <span className={style.quiet}>
            {kind.definition.label} ·{' '}
            {isReceived
              ? t('records.offerFrom', { name: offer.fromName, number: offer.number })
              : t('records.offerGiven', { name: offer.toName, number: offer.number })}
            {' · '}
            <span title={instantText(offer.at)}>{shortInstantText(offer.at)}</span>
          </span>
          {offer.note !== null && offer.note !== '' && <span className={style.note}>“{offer.note}”</span>}
        </div>
        <div className={style.cardActions}>
          {(!isReceived || seen !== null) && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => position.getState().go({ place: { screen: kind.screen, record: offer.id, part: 'views' } })}
            >
              {t('records.open')}
              <span className="visually-hidden"> {offer.title}</span>
            </Button>
          )}
          {isReceived ? (
            <Button
              size="compact-sm"
              loading={adopt.isPending}
              disabled={chosen.length === 0}
              onClick={() =>
                adopt.mutate({
                  offer: offer.offer,
                  fromName: offer.fromName,
                  before: seen === null ? undefined : seen.version,
                  ...(chosen.length < adoptable.length && { fields: chosen }),
                })
              }
            >
              {t('records.adoptChosen', { count: chosen.length })}
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" disabled={busy} onClick={onWithdraw}>
              {t('records.withdraw')}
              <span className="visually-hidden"> {offer.title}</span>
            </Button>
          )}
        </div>
      </header>
      {fields.length === 0 ? (
        <p className={style.quiet}>{t('records.offerNothingNew')}</p>
      ) : (
        <table className={style.table} aria-label={t('records.offerTable', { name: offer.fromName, title: offer.title })}>
          <thead>
            <tr>
              <th scope="col">{t('records.matrixField')}</th>
              {isReceived && <th scope="col">{t('records.yourValue')}</th>}
              <th scope="col">{t('records.offeredValue', { name: offer.fromName })}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">
                  {isReceived && adoptable.includes(field) ? (
                    <Checkbox
                      label={labelOf(kind, field)}
                      aria-label={t('records.take', { field: labelOf(kind, field) })}
                      checked={!left.has(field)}
                      onChange={(event) => setLeft(withField(left, field, !event.currentTarget.checked))}
                    />
                  ) : (
                    labelOf(kind, field)
                  )}
                </th>
                {isReceived && <td>{seen === null ? '–' : text(field, seen.fields)}</td>}
                <td className={style.offeredValue}>{text(field, offer.fields)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}

function withField(fields: ReadonlySet<string>, field: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(fields);
  if (isIn) next.add(field);
  else next.delete(field);
  return next;
}
