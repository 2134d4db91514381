import { Badge } from '@mantine/core';
import type { ImportPreview } from '../../../shared/contract/app/exchange.ts';
import { t } from '../../messages/index.ts';
import { datesInWords, numberText } from '../../ui/format.ts';
import classes from './ImportReview.module.css';

const glyph = { added: '+', removed: '−', changed: '~' } as const;
const kindText = { added: t('importRota.kindAdded'), removed: t('importRota.kindRemoved'), changed: t('importRota.kindChanged') };

/** The people of the file, and the difference that importing it would make, in words. */
export function PreviewChanges({
  preview,
  branch,
  totals,
}: {
  readonly preview: ImportPreview;
  readonly branch: string;
  readonly totals: string;
}): React.JSX.Element {
  const { added, changed, removed } = preview.totals;
  return (
    <div className={classes['columns']}>
      <section className={classes['section']} aria-label={t('importRota.peopleTitle')}>
        <h2>{t('importRota.peopleTitle')}</h2>
        <ul className={classes['people']}>
          {preview.people.map((person) => (
            <li key={person.id}>
              <span>{person.name}</span>
              <span className={classes['quiet']}>{[person.role, person.template].filter(Boolean).join(' · ')}</span>
              <Badge size="xs" variant="light" color={person.match === 'new' ? 'green' : 'gray'}>
                {person.match === 'new' ? t('importRota.personNew') : t('importRota.personExisting')}
              </Badge>
              <span className={classes['quiet']}>{t('importRota.halfDays', { count: person.halfDays })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className={classes['section']} aria-label={t('importRota.changesTitle', { branch })}>
        <h2>{t('importRota.changesTitle', { branch })}</h2>
        <p className={classes['quiet']}>
          {t('importRota.totals', {
            added: numberText(added),
            changed: numberText(changed),
            removed: numberText(removed),
            unchanged: totals,
          })}
        </p>
        <ul className={classes['items']}>
          {preview.items.map((item) => (
            <li key={`${item.type} ${item.id}`} data-kind={item.kind}>
              <span className={classes['glyph']} aria-hidden>
                {glyph[item.kind]}
              </span>
              <span className="visually-hidden">{kindText[item.kind]}</span>
              <span>{datesInWords(item.text)}</span>
            </li>
          ))}
        </ul>
        {preview.total > preview.items.length && (
          <p className={classes['quiet']}>{t('importRota.more', { count: preview.total - preview.items.length })}</p>
        )}
      </section>
    </div>
  );
}
