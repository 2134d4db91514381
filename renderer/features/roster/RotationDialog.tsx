import { Button, ColorInput, Group, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import type { CodeBook } from './code-book.ts';
import { createRecord } from './edit-plan.ts';
import type { PlannedGesture } from './gestures.ts';
import style from './roster.module.css';

interface Props {
  readonly book: CodeBook;
  readonly onDone: (gesture: PlannedGesture) => void;
  readonly onClose: () => void;
}

/** Adds a rotation: its code in the grid, how many people it wants, its colour. */
export function RotationDialog({ book, onDone, onClose }: Props): React.JSX.Element {
  useFocusReturn();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [minimum, setMinimum] = useState<number | string>('');
  const [capacity, setCapacity] = useState<number | string>('');
  const [color, setColor] = useState('');
  const [tried, setTried] = useState(false);
  const taken = book.codes.find((known) => known.rotationId !== null && known.code.toLowerCase() === code.trim().toLowerCase());
  const nameProblem = name.trim() === '' ? t('roster.nameMissing') : null;
  const codeProblem =
    code.trim() === '' ? t('roster.codeMissing') : taken ? t('roster.codeTaken', { code: taken.code, name: taken.name }) : null;
  const save = (): void => {
    setTried(true);
    if (nameProblem !== null || codeProblem !== null) return;
    onDone({
      message: t('roster.messageAddRotation', { name: name.trim() }),
      changes: [
        createRecord('rotation', {
          name: name.trim(),
          displayAbbreviation: code.trim(),
          ...(typeof minimum === 'number' ? { coverageMinimum: minimum } : {}),
          ...(typeof capacity === 'number' ? { capacity } : {}),
          ...(/^#[0-9a-f]{6}$/i.test(color) ? { backgroundColor: color } : {}),
        }),
      ],
      cells: 1,
      skipped: 0,
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('roster.rotationTitle')}>
      <form
        className={style.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={style.formRow}>
          <TextInput
            data-autofocus
            label={t('roster.rotationName')}
            value={name}
            maxLength={200}
            error={tried && nameProblem}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('roster.rotationCode')}
            value={code}
            maxLength={20}
            error={tried && codeProblem}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </div>
        <div className={style.formRow}>
          <NumberInput
            label={t('roster.rotationMinimum')}
            description={t('roster.rotationMinimumHint')}
            value={minimum}
            min={0}
            max={1_000}
            allowDecimal={false}
            onChange={setMinimum}
          />
          <NumberInput
            label={t('roster.rotationCapacity')}
            value={capacity}
            min={0}
            max={1_000}
            allowDecimal={false}
            onChange={setCapacity}
          />
        </div>
        <ColorInput
          label={t('roster.rotationColor')}
          value={color}
          format="hex"
          swatches={['#2f5fd0', '#1a7f42', '#b35300', '#7a3fb0', '#0b7a75', '#b3266a', '#8f7a00', '#5a6472']}
          onChange={setColor}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('roster.add')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
