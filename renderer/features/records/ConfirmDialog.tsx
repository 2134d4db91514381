import { Button, Group, Modal } from '@mantine/core';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import style from './record.module.css';

/** Asks once before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  text,
  action,
  busy,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly busy: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <div className={style.dialog}>
        <p className={style.dialogText}>{text}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={onDone}>
            {action}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
