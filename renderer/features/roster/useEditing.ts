import { notifications } from '@mantine/notifications';
import { useCallback, useMemo, useState } from 'react';
import { useProgramInfo } from '../../client/program.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import type { PlannedGesture } from './gestures.ts';
import type { RosterFeed } from './roster-feed.ts';

export interface Editing {
  /** Why nothing can be edited now, or `null`. */
  readonly blocked: string | null;
  /** The reason that goes with the edits, as typed. */
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  /** Says why an edit is not possible; true when it is not. */
  readonly refuses: () => boolean;
  /** Draws and sends a gesture; `null` or an empty one changes nothing and says so. */
  readonly perform: (planned: PlannedGesture | null) => void;
}

/** What edits have in common: whether they are possible, their reason, and one commit for each gesture. */
export function useEditing(feed: RosterFeed): Editing {
  const [reason, setReason] = useState('');
  const branch = usePosition((state) => state.branch);
  const past = usePosition((state) => state.moment.kind !== 'now');
  const viewing = usePosition((state) => state.view !== null);
  const readOnly = useProgramInfo()?.readOnly === true;
  const blocked = past ? t('roster.pastReason') : viewing ? t('roster.viewReason') : readOnly ? t('roster.readOnlyReason') : null;
  const refuses = useCallback(() => {
    if (blocked === null) return false;
    announce(blocked);
    notifications.show({ id: 'roster-blocked', message: blocked, color: 'yellow', autoClose: 5_000 });
    return true;
  }, [blocked]);
  const perform = useCallback(
    (planned: PlannedGesture | null) => {
      if (refuses()) return;
      if (planned === null || planned.changes.length === 0) {
        if (planned !== null) announce(t('roster.nothingChanges'));
        return;
      }
      const { message, changes, cells, skipped } = planned;
      void feed.commit({ branch, message, changes, reason: reason.trim() === '' ? undefined : reason.trim() });
      const said = skipped > 0 ? t('roster.doneSkipped', { message, skipped }) : t('roster.done', { message });
      announce(said);
      if (cells > 1 || skipped > 0) notifications.show({ id: 'roster-gesture', message: said, autoClose: 3_500 });
    },
    [feed, branch, reason, refuses],
  );
  return useMemo(() => ({ blocked, reason, setReason, refuses, perform }), [blocked, reason, refuses, perform]);
}
