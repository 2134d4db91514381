import { Button, TextInput } from '@mantine/core';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { chordText } from '../../ui/keys.ts';
import style from './merge.module.css';

/** Why the merge cannot be finished now, `null` when it can. */
export function finishBlocked(session: MergeSession, reason: string): string | null {
  if (session.left > 0) return t('merge.conflictsOpen', { count: session.left });
  if (session.blockedReason !== null) return session.blockedReason;
  return session.needsReason && reason.trim() === '' ? t('merge.finishNeedsReason') : null;
}

/** Writes the merge. Blocked with its reason, which stays within reach of the keyboard. */
export function FinishBox({
  session,
  reason,
  busy,
  problem,
  onReason,
  onFinish,
}: {
  readonly session: MergeSession;
  readonly reason: string;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onReason: (reason: string) => void;
  readonly onFinish: () => void;
}): React.JSX.Element {
  const blocked = finishBlocked(session, reason);
  const showReason = session.needsReason || session.left === 0;
  return (
    <div className={style.finish}>
      {showReason && (
        <TextInput
          label={session.needsReason ? t('merge.finishReasonNeeded') : t('merge.finishReason')}
          placeholder={t('merge.finishReasonPlaceholder')}
          required={session.needsReason}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          maxLength={2_000}
        />
      )}
      {problem !== null && (
        <p className={style.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={style.finishRow}>
        <Button
          data-finish
          loading={busy}
          aria-disabled={blocked !== null}
          {...(blocked === null ? {} : { 'data-disabled': true })}
          aria-describedby="merge-finish-blocked"
          title={chordText('Mod+Enter')}
          onClick={() => (blocked === null ? onFinish() : announce(blocked))}
        >
          {t('merge.finish')}
        </Button>
        <span id="merge-finish-blocked" className={style.blocked}>
          {blocked ?? ''}
        </span>
      </div>
    </div>
  );
}
