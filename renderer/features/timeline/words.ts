import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { TimelineMark } from '../../../shared/contract/app/commits.ts';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import type { TimelineModel } from './useTimeline.ts';

/** The shown time: of the step, and where another time was typed, that one with the step's beside it. */
function shownTimeText(model: TimelineModel): string {
  const asked = instantText(model.shownAt);
  const set = model.shown ? instantText(model.shown.at) : asked;
  return asked === set ? asked : t('timeline.typedTime', { asked, time: set });
}

/** What the slider says of itself: when, who, what and why. */
export function valueTextOf(model: TimelineModel): string {
  const { shown } = model;
  const text = shown
    ? t('timeline.valueText', { time: shownTimeText(model), author: shown.authorName, summary: shown.summary, message: shown.message })
    : instantText(model.shownAt);
  return model.isNow ? t('timeline.nowAnd', { text }) : text;
}

/** The first line of the hover card. */
export function cardTitleOf(summary: CommitSummary): string {
  return t('timeline.tooltipTitle', { position: summary.position, author: summary.authorName, summary: summary.summary });
}

/** A mark by name. */
export function markText(mark: TimelineMark): string {
  switch (mark.kind) {
    case 'tag':
      return t('timeline.markTag', { label: mark.label });
    case 'merge':
      return t('timeline.markMerge', { label: mark.label });
    case 'import':
      return t('timeline.markImport', { label: mark.label });
    case 'restore':
      return t('timeline.markRestore', { label: mark.label });
    case 'branch':
      return t('timeline.markBranch', { label: mark.label });
  }
}
