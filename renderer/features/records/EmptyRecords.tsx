import { Button } from '@mantine/core';
import { IconBuildingHospital, IconUsers } from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import type { RecordKind } from './record-type.ts';
import { useViewedName } from './useRecords.ts';
import style from './records.module.css';

/** No records at all: what this is, and the one thing to do next. */
export function EmptyRecords({ kind, onRegister }: { readonly kind: RecordKind; readonly onRegister: () => void }): React.JSX.Element {
  const { readOnly } = useViewed();
  const name = useViewedName();
  const isClinic = kind.type === 'clinic';
  const Glyph = isClinic ? IconBuildingHospital : IconUsers;
  return (
    <div className={style.empty}>
      <Glyph size={30} stroke={1.3} aria-hidden />
      <strong>
        {readOnly === 'other'
          ? t('records.emptyOther', { name: name ?? '' })
          : readOnly === 'past'
            ? t('records.emptyThen')
            : t(isClinic ? 'records.emptyClinics' : 'records.emptyPatients')}
      </strong>
      {readOnly === null && (
        <>
          <span>{t('records.emptyText')}</span>
          <Button onClick={onRegister}>{t(isClinic ? 'records.registerClinic' : 'records.registerPatient')}</Button>
        </>
      )}
    </div>
  );
}
