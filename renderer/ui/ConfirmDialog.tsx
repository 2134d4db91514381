import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useFocusReturn } from './focus-return.ts';

/** Asks once before something is taken away. What is safe has the focus; what went wrong is said in the dialog. */
export function ConfirmDialog({
  opened = true,
  title,
  cancel,
  action,
  busy,
  problem,
  onConfirm,
  onClose,
  children,
}: {
  readonly opened?: boolean;
  readonly title: string;
  readonly cancel: string;
  readonly action: string;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  useFocusReturn();
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        {children}
        {problem !== null && (
          <Text size="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {cancel}
          </Button>
          <Button color="red" loading={busy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
