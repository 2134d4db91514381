import { Button, Loader, Textarea } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import { announce } from '../../ui/announcer.tsx';
import { instantText } from '../../ui/format.ts';
import { recordsOf } from './EarlierMigrations.tsx';
import { useReadOnlyReason, useReversal } from './useMigration.ts';
import classes from './migration.module.css';

/** What undoing a migration would remove and what stays, asked for with a reason. */
export function ReversalForm({ migration, onBack }: { readonly migration: Migration; readonly onBack: () => void }): React.JSX.Element {
  const { preview, run } = useReversal(migration.migration);
  const [reason, setReason] = useState('');
  const found = preview.data;
  const refused = run.error ?? preview.error;
  const readOnly = useReadOnlyReason();
  const undo = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    run.mutate(reason.trim(), {
      onSuccess: ({ masters, links, keptTotal }) => {
        const said = t('migration.reversed', {
          records: recordsOf({ type: migration.type, masters }),
          links: counted('migration.links', links),
        });
        const message = keptTotal === 0 ? said : `${said} ${counted('migration.reversedKept', keptTotal)}`;
        announce(message);
        notifications.show({ message, autoClose: 10_000 });
        onBack();
      },
    });
  };
  return (
    <form className={classes['body']} onSubmit={undo} noValidate>
      <p className={classes['file']}>
        <strong>{t('migration.reversalTitle')}</strong>
        <span>{t('migration.reversalOf', { file: migration.file, at: instantText(migration.at), name: migration.authorName })}</span>
      </p>
      {found === undefined && preview.error === null && <Loader size="sm" aria-label={t('common.loading')} />}
      {found !== undefined && (
        <>
          <p className={classes['removes']}>
            {found.masters + found.links === 0
              ? t('migration.removesNothing')
              : t('migration.removes', {
                  records: recordsOf({ type: migration.type, masters: found.masters }),
                  links: counted('migration.links', found.links),
                })}
          </p>
          {found.keptTotal > 0 && (
            <section aria-labelledby="migration-kept" className={classes['section']}>
              <h3 id="migration-kept">{counted('migration.keeps', found.keptTotal)}</h3>
              <ul className={classes['issues']} aria-label={counted('migration.keeps', found.keptTotal)}>
                {groupKept(found.kept).map(({ isLink, type, why, count }) => (
                  <li key={`${isLink} ${why}`} data-kept>
                    <span className={classes['where']}>
                      {isLink ? counted('migration.links', count) : recordsOf({ type, masters: count })}
                    </span>
                    <span>{why}</span>
                  </li>
                ))}
                {found.keptTotal > found.kept.length && (
                  <li className={classes['rest']}>{counted('migration.beyond', found.keptTotal - found.kept.length)}</li>
                )}
              </ul>
            </section>
          )}
          <Textarea
            data-autofocus
            label={t('migration.reason')}
            description={t('migration.reasonHint')}
            value={reason}
            maxLength={2_000}
            autosize
            minRows={2}
            required
            withAsterisk={false}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
      <footer className={classes['foot']}>
        <Button variant="subtle" leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={onBack}>
          {t('migration.back')}
        </Button>
        <output className={classes['reason']} data-refused={refused !== null || undefined}>
          {refused ? problemOf(refused).message : (readOnly ?? '')}
        </output>
        <Button
          type="submit"
          color="red"
          loading={run.isPending}
          disabled={readOnly !== null || found === undefined || found.masters + found.links === 0 || reason.trim() === ''}
        >
          {t('migration.reverse')}
        </Button>
      </footer>
    </form>
  );
}

type Kept = NonNullable<ReturnType<typeof useReversal>['preview']['data']>['kept'];

interface KeptGroup {
  readonly isLink: boolean;
  readonly type: string;
  readonly why: string;
  readonly count: number;
}

/** What stays for the same reason is one line: which records they are is their users' business. */
function groupKept(kept: Kept): readonly KeptGroup[] {
  const groups = Map.groupBy(kept, ({ of, why }) => `${of} ${why}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ isLink: first.of === 'link', type: first.type, why: first.why, count: group.length }];
  });
}
