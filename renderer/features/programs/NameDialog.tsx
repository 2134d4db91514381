import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import style from './programs.module.css';

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly action: string;
  /** A second way to finish with the same name. */
  readonly other?: { readonly label: string; readonly run: (name: string) => void };
  readonly label?: string;
  readonly initial?: string;
  readonly placeholder?: string;
  readonly busy?: boolean;
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for one name. */
export function NameDialog({
  title,
  text,
  action,
  other,
  label,
  initial = '',
  placeholder,
  busy,
  onDone,
  onClose,
}: Props): React.JSX.Element {
  useFocusReturn();
  const [name, setName] = useState(initial);
  const usable = name.trim() !== '' && busy !== true;
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (usable) onDone(name.trim());
        }}
      >
        {text !== undefined && <p className={style.text}>{text}</p>}
        <TextInput
          data-autofocus
          label={label ?? t('programs.name')}
          value={name}
          maxLength={120}
          placeholder={placeholder}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {other && (
            <Button variant="default" disabled={!usable} onClick={() => other.run(name.trim())}>
              {other.label}
            </Button>
          )}
          <Button type="submit" disabled={!usable} loading={busy ?? false}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
