import { Button } from '@mantine/core';
import { IconEyeCheck, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useViewed } from '../../position/viewed.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { accessLog } from './access-log.ts';
import { RecordList } from './RecordList.tsx';
import { RecordPage } from './RecordPage.tsx';
import { kinds, type RecordsPlace } from './record-type.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { useReadOnlyReason } from './useReadOnlyReason.ts';
import { useSession } from './useRecords.ts';
import style from './records.module.css';

/** Clinics or patients as the view on screen shows them: the list, and the record that is open beside it. */
export function RecordsScreen({
  place,
  tools,
}: {
  readonly place: RecordsPlace;
  /** What another feature offers for all records of the type, put in by the window. */
  readonly tools?: ((type: string) => React.ReactNode) | undefined;
}): React.JSX.Element {
  const kind = kinds[place.screen];
  const session = useSession();
  const { readOnly } = useViewed();
  const reason = useReadOnlyReason();
  const [registering, setRegistering] = useState(false);
  const isClinic = kind.type === 'clinic';
  const registerLabel = t(isClinic ? 'records.registerClinic' : 'records.registerPatient');
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'records.register', title: registerLabel, section: 'edit', disabledReason: reason, run: () => setRegistering(true) },
      ],
      [registerLabel, reason],
    ),
  );
  const open = (record: string): void => position.getState().go({ place: { screen: place.screen, record, part: 'form' } });
  return (
    <section className={style.screen} aria-labelledby="records-title" data-open={place.record !== null || undefined}>
      <RecordList
        kind={kind}
        chosen={place.record}
        onOpen={open}
        tools={
          <>
            {place.record === null && kind.masked && (
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconEyeCheck size={14} aria-hidden />}
                aria-haspopup="dialog"
                onClick={() => accessLog.getState().open(null)}
              >
                {t('accessLog.button')}
              </Button>
            )}
            {place.record === null && tools?.(kind.type)}
            <Button
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-disabled={readOnly !== null || undefined}
              {...(reason !== null && { 'data-disabled': true, title: reason })}
              onClick={() => reason === null && setRegistering(true)}
            >
              {registerLabel}
            </Button>
          </>
        }
        onRegister={() => setRegistering(true)}
      />
      {place.record !== null && session && (
        <RecordPage key={`${session.userId} ${place.record}`} kind={kind} id={place.record} part={place.part} user={session.userId} />
      )}
      {registering && <RegisterDialog kind={kind} onClose={() => setRegistering(false)} onOpen={open} />}
    </section>
  );
}
