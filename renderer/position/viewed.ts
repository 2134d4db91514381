import { UserId, type CommitHash } from '../../shared/ids.ts';
import { t } from '../messages/index.ts';
import { usePosition, type ShownMoment } from './position.ts';

/** What is asked of the engine for records that users have views of. */
export interface ViewedInput {
  readonly branch: string;
  readonly at?: CommitHash | string;
  readonly view?: UserId;
}

export interface Viewed {
  readonly input: ViewedInput;
  /** Why nothing can be changed here: the past is on screen, or somebody else's view. `null` where it can. */
  readonly readOnly: 'past' | 'other' | null;
}

/** Which branch, moment and view the page shows, as parameters of a call. */
export function useViewed(): Viewed {
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const view = usePosition((state) => state.view);
  return {
    input: {
      branch,
      ...(moment.kind === 'commit' && { at: viewedMoment(branch, moment) }),
      ...(view !== null && { view: UserId.parse(view) }),
    },
    readOnly: view !== null ? 'other' : moment.kind === 'commit' ? 'past' : null,
  };
}

/** Why a command that writes cannot be used while somebody else's view is on screen, as a sentence; `null` in one's own. */
export function useViewingReason(): string | null {
  const viewing = usePosition((state) => state.view !== null);
  return viewing ? t('views.readOnly') : null;
}

// Between two steps of the roster a view may have moved, so the time on screen is asked for. Only main has always existed: another branch
// shows steps that are older than itself, and those are asked for by their commit.
function viewedMoment(branch: string, moment: Extract<ShownMoment, { kind: 'commit' }>): CommitHash | string {
  return branch === 'main' ? moment.at : moment.commit;
}
