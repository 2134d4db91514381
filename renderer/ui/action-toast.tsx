import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { announce } from './announcer.tsx';

/** Says what was just done and offers to take it back, or another next step, for a while. The text is also spoken. */
export function showActionToast({
  message,
  label,
  run,
}: {
  readonly message: string;
  readonly label: string;
  readonly run: () => void;
}): void {
  announce(message);
  const id = notifications.show({
    autoClose: 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            run();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}

/** Says that something could not be done, and why. */
export function showProblemToast(message: string): void {
  announce(message);
  notifications.show({ color: 'red', message });
}
