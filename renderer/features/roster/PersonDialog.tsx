import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EntityRecord } from '../../../shared/contract/app/roster.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { createRecord, removeRecord, updateRecord } from './edit-plan.ts';
import type { PlannedGesture } from './gestures.ts';
import style from './roster.module.css';

interface Props {
  /** The person to change, or `null` for a new one. */
  readonly person: EntityRecord | null;
  readonly onDone: (gesture: PlannedGesture) => void;
  readonly onClose: () => void;
}

/** Adds a person to the roster, or changes name, type and level of one. */
export function PersonDialog({ person, onDone, onClose }: Props): React.JSX.Element {
  useFocusReturn();
  const [name, setName] = useState(textOf(person?.fields['name']));
  const [type, setType] = useState(textOf(person?.fields['type']) || 'resident');
  const [level, setLevel] = useState(() => (typeof person?.fields['pgyLevel'] === 'number' ? person.fields['pgyLevel'].toString() : '1'));
  const [problem, setProblem] = useState<string | null>(null);
  const hasLevel = type === 'resident';
  const save = (): void => {
    const typed = name.trim();
    if (typed === '') {
      setProblem(t('roster.nameMissing'));
      return;
    }
    const fields = { name: typed, type, pgyLevel: hasLevel ? Number(level) : null };
    const created = { name: typed, type, ...(hasLevel ? { pgyLevel: Number(level) } : {}) };
    onDone({
      message: t(person === null ? 'roster.messageAddPerson' : 'roster.messageEditPerson', { name: typed }),
      changes: [person === null ? createRecord('person', created) : updateRecord(person, fields)],
      cells: 1,
      skipped: 0,
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={person === null ? t('roster.personTitle') : t('roster.personEditTitle', { name: textOf(person.fields['name']) })}
    >
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          data-autofocus
          label={t('roster.personName')}
          description={t('roster.personNameHint')}
          value={name}
          maxLength={200}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <div className={style.formRow}>
          <Select
            label={t('roster.personType')}
            allowDeselect={false}
            value={type}
            data={[
              { value: 'resident', label: t('roster.typeResident') },
              { value: 'faculty', label: t('roster.typeFaculty') },
              { value: 'med_student', label: t('roster.typeMedStudent') },
              { value: 'rotating_intern', label: t('roster.typeIntern') },
            ]}
            onChange={(value) => setType(value ?? 'resident')}
          />
          {hasLevel && (
            <Select
              label={t('roster.personLevel')}
              allowDeselect={false}
              value={level}
              data={['1', '2', '3', '4', '5', '6', '7', '8']}
              onChange={(value) => setLevel(value ?? '1')}
            />
          )}
        </div>
        {person !== null && <p className={style.hint}>{t('roster.removePersonText', { name: textOf(person.fields['name']) })}</p>}
        <Group justify="flex-end" gap={8}>
          {person !== null && (
            <Button
              variant="subtle"
              color="red"
              mr="auto"
              onClick={() =>
                onDone({
                  message: t('roster.messageRemovePerson', { name: textOf(person.fields['name']) }),
                  changes: [removeRecord(person)],
                  cells: 1,
                  skipped: 0,
                })
              }
            >
              {t('roster.removePerson')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{person === null ? t('roster.add') : t('common.save')}</Button>
        </Group>
      </form>
    </Modal>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
