import { Button, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { OwnVersion } from '../../../shared/contract/app/views.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { instantText, shortInstantText } from '../../ui/format.ts';
import style from './panels.module.css';

interface Actions {
  readonly use: () => void;
  readonly offer: () => void;
  readonly archive: (archived: boolean) => void;
  readonly remove: () => void;
}

/** One own version: number, state, who, when, why, and what it says differently. */
export function VersionRow({
  version,
  readOnly,
  busy,
  actions,
}: {
  readonly version: OwnVersion;
  readonly readOnly: string | null;
  readonly busy: boolean;
  readonly actions: Actions;
}): React.JSX.Element {
  const { number, status, inUse, protectedBy, changes, adoptedFrom, offeredTo } = version;
  const why = protectedBy === null ? null : t('records.cannot', { why: protectedBy });
  return (
    <li className={style.version} data-in-use={inUse || undefined}>
      <div className={style.number}>
        <strong>{t('records.version', { number })}</strong>
        <span className={style.status} data-status={inUse ? 'active' : status}>
          {inUse
            ? t('records.inUse')
            : status === 'draft'
              ? t('records.statusDraft')
              : status === 'archived'
                ? t('records.statusArchived')
                : t('records.statusActive')}
        </span>
      </div>
      <div className={style.story}>
        <div className={style.who}>
          <span>{version.authorName}</span>
          <span title={instantText(version.at)}>{shortInstantText(version.at)}</span>
          {version.summary !== '' && <span className={style.why}>“{version.summary}”</span>}
        </div>
        <ul className={style.changes}>
          {changes.length === 0 && <li className={style.quiet}>{t('records.sameAsShared')}</li>}
          {changes.map(({ field, label, oldText, newText }) => (
            <li key={field}>
              {t('records.change', {
                label,
                old: oldText === '' ? t('records.emptyValue') : oldText,
                new: newText === '' ? t('records.emptyValue') : newText,
              })}
            </li>
          ))}
        </ul>
        {(adoptedFrom || offeredTo.length > 0) && (
          <div className={style.quiet}>
            {adoptedFrom && <span>{t('records.adoptedFrom', { name: adoptedFrom.name, number: adoptedFrom.number })}</span>}
            {offeredTo.length > 0 && <span>{t('records.offeredTo', { names: offeredTo.map(({ name }) => name).join(', ') })}</span>}
          </div>
        )}
      </div>
      {readOnly === null && (
        <div className={style.versionActions}>
          {!inUse && (
            <Button size="compact-xs" variant="default" disabled={busy} onClick={actions.use}>
              {t('records.use')}
              <span className="visually-hidden"> {t('records.version', { number })}</span>
            </Button>
          )}
          {Object.keys(version.fields).length > 0 && (
            <Button size="compact-xs" variant="subtle" disabled={busy} onClick={actions.offer}>
              {t('records.offerThis')}
              <span className="visually-hidden"> {t('records.version', { number })}</span>
            </Button>
          )}
          {why === null ? (
            <>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                disabled={busy}
                onClick={() => actions.archive(status !== 'archived')}
              >
                {status === 'archived' ? t('records.takeOut') : t('records.putAway')}
                <span className="visually-hidden"> {t('records.version', { number })}</span>
              </Button>
              <Button size="compact-xs" variant="subtle" color="red" disabled={busy} onClick={actions.remove}>
                {t('records.remove')}
                <span className="visually-hidden"> {t('records.version', { number })}</span>
              </Button>
            </>
          ) : (
            <Tooltip label={why}>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-disabled
                data-disabled
                aria-description={why}
                leftSection={<IconLock size={11} stroke={2} aria-hidden />}
                onClick={() => announce(why)}
              >
                {t('records.remove')}
                <span className="visually-hidden"> {t('records.version', { number })}</span>
              </Button>
            </Tooltip>
          )}
        </div>
      )}
    </li>
  );
}
