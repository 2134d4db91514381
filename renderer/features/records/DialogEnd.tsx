import { Button, Group } from '@mantine/core';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import style from './record.module.css';

/** How a dialog's form ends: why it was refused, and the two buttons. */
export function DialogEnd({
  run,
  blocked,
  label,
  onClose,
}: {
  readonly run: { readonly error: Error | null; readonly isPending: boolean };
  readonly blocked: boolean;
  readonly label: string;
  readonly onClose: () => void;
}): React.JSX.Element {
  return (
    <>
      {run.error && (
        <p className={style.dialogProblem} role="alert">
          {problemOf(run.error).message}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={blocked} loading={run.isPending}>
          {label}
        </Button>
      </Group>
    </>
  );
}
