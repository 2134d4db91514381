import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import { numberText } from '../../ui/format.ts';
import classes from './migration.module.css';

/** What a list does or did, in numbers: records, links, and rows that are left out. */
export function ReportFacts({ report }: { readonly report: MigrationReport }): React.JSX.Element {
  const { masters, links, skipped, rows, type, versionsKept } = report;
  return (
    <dl className={classes['facts']} aria-label={t('migration.facts')}>
      <Fact
        value={masters.created}
        label={t(type === 'patient' ? 'migration.newPatients' : 'migration.newClinics', { count: masters.created })}
        more={masters.existing === 0 ? '' : counted('migration.existingText', masters.existing)}
      />
      <Fact
        value={links.created}
        label={t('migration.newLinks', { count: links.created })}
        more={[
          links.existing === 0 ? '' : counted('migration.existingText', links.existing),
          versionsKept === 0 ? '' : counted('migration.kept', versionsKept),
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      />
      <Fact
        value={skipped}
        label={t('migration.skipped', { count: skipped })}
        more={t('migration.ofRows', { rows: counted('migration.rows', rows) })}
        warns={skipped > 0}
      />
    </dl>
  );
}

function Fact({
  value,
  label,
  more,
  warns = false,
}: {
  readonly value: number;
  readonly label: string;
  readonly more: string;
  readonly warns?: boolean;
}): React.JSX.Element {
  return (
    <div data-warns={warns || undefined} data-none={value === 0 || undefined}>
      <dt>{label}</dt>
      <dd>
        <strong>{numberText(value)}</strong>
        <span>{more}</span>
      </dd>
    </div>
  );
}

/** Which columns were read as what, and whom the list names. */
export function ReportDetails({ report }: { readonly report: MigrationReport }): React.JSX.Element {
  const { columns, unread, users, padded } = report;
  const hasUsers = columns.some(({ reads }) => reads === 'User');
  return (
    <div className={classes['details']}>
      <section aria-labelledby="migration-columns" className={classes['section']}>
        <h3 id="migration-columns">{t('migration.columns')}</h3>
        <ul className={classes['columns']}>
          {columns.map(({ column, reads }) => (
            <li key={column} aria-label={t('migration.columnReads', { column, reads })}>
              <code>{column}</code>
              <span aria-hidden>→</span>
              <span>{reads}</span>
            </li>
          ))}
        </ul>
        {unread.length > 0 && <p className={classes['quiet']}>{t('migration.unread', { columns: unread.join(', ') })}</p>}
        {padded > 0 && <p className={classes['note']}>{t('migration.padded', { count: padded })}</p>}
        {!hasUsers && <p className={classes['note']}>{t('migration.noUserColumn')}</p>}
      </section>
      <section aria-labelledby="migration-users" className={classes['section']}>
        <h3 id="migration-users">{t('migration.users')}</h3>
        {users.length === 0 ? (
          <p className={classes['quiet']}>{t('migration.noUsers')}</p>
        ) : (
          <ul className={classes['users']}>
            {users.map(({ user, name, links, isNew }) => (
              <li key={user}>
                <span className={classes['userName']}>{name}</span>
                {isNew && links > 0 && <span className={classes['badge']}>{t('migration.userNew')}</span>}
                <span className={classes['userLinks']}>{counted('migration.userLinks', links)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
