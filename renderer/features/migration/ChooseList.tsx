import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { t } from '../../messages/index.ts';
import type { MasterType } from './opened.ts';
import { saveEmptyList } from './report-file.ts';
import { readPicked, type PickedList } from './useMigration.ts';
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
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const pick = (picked: File | undefined): void => {
    if (picked === undefined) return;
    setProblem(null);
    readPicked(picked).then(onPick, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
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
      <div
        className={classes['drop']}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          pick(event.dataTransfer.files[0]);
        }}
      >
        <IconTableImport size={36} stroke={1.3} aria-hidden />
        <p>{t(type === 'clinic' ? 'migration.needsClinic' : 'migration.needsPatient')}</p>
        <input
          ref={chooser}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('migration.choose')}
          accept=".xlsx,.xlsm,.csv,.tsv,.txt"
          onChange={(event) => {
            pick(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <Button data-autofocus onClick={() => chooser.current?.click()}>
          {t('migration.choose')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('migration.drop')}
        </Text>
      </div>
      {problem !== null && (
        <p className={classes['problem']} role="alert">
          {problem}
        </p>
      )}
      <Button variant="subtle" size="compact-sm" className={classes['template']} onClick={() => saveEmptyList(type)}>
        {t('migration.template')}
      </Button>
    </div>
  );
}
