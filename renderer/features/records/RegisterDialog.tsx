import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { formFields, labelOf, type RecordKind } from './record-type.ts';
import style from './record.module.css';

/**
 * Registers a record by its identifier. One that is known already is attached at once and opened, and the dialog says so; only for one that
 * nobody has registered does it ask for more.
 */
export function RegisterDialog({
  kind,
  onClose,
  onOpen,
}: {
  readonly kind: RecordKind;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const [identifier, setIdentifier] = useState('');
  const [isNew, setIsNew] = useState(false);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const isClinic = kind.type === 'clinic';
  const register = useMutation({
    mutationFn: () =>
      call.views.register({
        type: kind.type,
        identifier,
        branch,
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== '')),
      }),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      const title = kind.definition.title(answer.fields, { person: () => undefined, rotation: () => undefined });
      const message = answer.wasCreated
        ? t('records.registered', { title })
        : t(isClinic ? 'records.isKnownClinic' : 'records.isKnownPatient');
      announce(message);
      notifications.show({ message, autoClose: answer.wasCreated ? 3_000 : 10_000 });
      onOpen(answer.id);
      onClose();
    },
    onError: (error) => {
      // It is well formed and unknown: the shared record needs more than its identifier.
      if (!isNew && asksForMore(kind, error)) {
        setIsNew(true);
        announce(t(isClinic ? 'records.isNewClinic' : 'records.isNewPatient'));
      }
    },
  });
  const refused = register.error && !(isNew && Object.keys(fields).length === 0) ? problemOf(register.error) : null;
  const problems = new Map(refused?.data.fields?.map(({ field, problem }) => [field, problem]) ?? []);
  const general = refused !== null && (problems.size === 0 || (!isNew && !problems.has(kind.identifier))) ? refused.message : null;
  return (
    <Modal
      opened
      onClose={onClose}
      size={isNew ? 'lg' : 'md'}
      title={t(isClinic ? 'records.registerClinicTitle' : 'records.registerPatientTitle')}
    >
      <form
        className={style.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (identifier.trim() !== '' && !register.isPending) register.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t(isClinic ? 'records.clinicId' : 'records.patientId')}
          description={t(isClinic ? 'records.clinicIdHint' : 'records.patientIdHint')}
          value={identifier}
          maxLength={30}
          autoComplete="off"
          inputMode="numeric"
          required
          withAsterisk={false}
          readOnly={isNew}
          error={problems.get(kind.identifier) ?? general}
          onChange={(event) => {
            register.reset();
            setIdentifier(event.currentTarget.value);
          }}
        />
        {isNew && (
          <>
            <p className={style.isNew}>{t(isClinic ? 'records.isNewClinic' : 'records.isNewPatient')}</p>
            <div className={style.newFields}>
              {formFields(kind)
                .filter((field) => field !== 'isIncapable')
                .map((field, index) => (
                  <TextInput
                    key={field}
                    ref={index === 0 ? focusOnce : undefined}
                    label={labelOf(kind, field)}
                    required={kind.definition.fields[field]?.required ?? false}
                    withAsterisk={false}
                    {...(kind.definition.fields[field]?.required && { classNames: { label: style.required } })}
                    value={fields[field] ?? ''}
                    autoComplete="off"
                    error={problems.get(field)}
                    onChange={(event) => {
                      register.reset();
                      setFields({ ...fields, [field]: event.currentTarget.value });
                    }}
                  />
                ))}
            </div>
          </>
        )}
        <Group justify="flex-end" gap="xs">
          {isNew && (
            <Button
              variant="subtle"
              onClick={() => {
                register.reset();
                setIsNew(false);
              }}
            >
              {t('records.otherId')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={register.isPending} disabled={identifier.trim() === ''}>
            {isNew ? t('records.register') : t('records.goOn')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** Whether the only thing wrong is that fields of a new record are missing. */
function asksForMore(kind: RecordKind, error: unknown): boolean {
  const { code, data } = problemOf(error);
  const named = data.fields ?? [];
  return code === 'INVALID' && named.length > 0 && named.every(({ field }) => field !== kind.identifier);
}

let focused: WeakSet<HTMLElement> | null = null;
function focusOnce(element: HTMLInputElement | null): void {
  focused ??= new WeakSet();
  if (element === null || focused.has(element)) return;
  focused.add(element);
  element.focus();
}
