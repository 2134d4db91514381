import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import { useViewedName } from './useRecords.ts';

/** Why nothing can be changed on screen, as a sentence; `null` where it can. */
export function useReadOnlyReason(): string | null {
  const { readOnly } = useViewed();
  const name = useViewedName();
  if (readOnly === null) return null;
  return readOnly === 'past' ? t('records.readOnlyPast') : t('records.readOnlyOther', { name: name ?? '' });
}
