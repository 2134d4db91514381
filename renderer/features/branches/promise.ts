import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { t } from '../../messages/index.ts';
import { numberText } from '../../ui/format.ts';

/** What a merge would find now: `11 conflicts · 26 clean · 2 new clashes`. The resolver then shows the same. */
export function promiseText({ conflicts, clean, clashes }: NonNullable<BranchInfo['ifMerged']>): string {
  return [
    t('branches.promiseConflicts', { count: conflicts }),
    t('branches.promiseClean', { count: numberText(clean) }),
    t('branches.promiseClashes', { count: clashes }),
  ].join(' · ');
}
