import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import { useFilePick } from '../../ui/use-file-pick.tsx';
import type { MasterType } from './opened.ts';
import { saveEmptyList } from './report-file.ts';
import type { PickedList } from './useMigration.ts';
import classes from './migration.module.css';

/** Says what a list must hold, and takes one. */
export function ChooseList({
  type,
  onType,
  onPick,
}: {
  readonly type: MasterType;
  readonly onType: (type: MasterType) => void;
  readonly onPick: (list: PickedList) => void;
}): React.JSX.Element {
  const file = useFilePick({ label: t('migration.choose'), tooLarge: t('migration.tooLarge'), onPick });
  return (
    <div className={classes['choose']}>
      <div className={classes['intro']}>
        <SegmentedControl
          aria-label={t('migration.kind')}
          value={type}
          onChange={(value) => onType(value === 'patient' ? 'patient' : 'clinic')}
          data={[
            { value: 'clinic', label: t('migration.clinics') },
            { value: 'patient', label: t('migration.patients') },
          ]}
        />
        <p>{t('migration.explain')}</p>
      </div>
      {/* Dropping is the mouse's twin of the button inside: nothing is offered by dropping alone. */}
      <div className={classes['drop']} data-over={file.over || undefined} {...file.dropZone}>
        <IconTableImport size={36} stroke={1.3} aria-hidden />
        <p>{t(type === 'clinic' ? 'migration.needsClinic' : 'migration.needsPatient')}</p>
        {file.input}
        <Button data-autofocus onClick={file.choose}>
          {t('migration.choose')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('migration.drop')}
        </Text>
      </div>
      {file.problem !== null && (
        <p className={classes['problem']} role="alert">
          {file.problem}
        </p>
      )}
      <Button variant="subtle" size="compact-sm" className={classes['template']} onClick={() => saveEmptyList(type)}>
        {t('migration.template')}
      </Button>
    </div>
  );
}
