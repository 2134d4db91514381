import { Button, Modal } from '@mantine/core';
import { t } from '../messages/index.ts';
import { useUnsaved } from '../client/unsaved.ts';

/** Says that the program behind the page ended; the last good roster stays readable behind it. */
export function HostGone(): React.JSX.Element {
  const { count } = useUnsaved();
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={t('app.hostGoneTitle')} size="md">
      <p>{t('app.hostGoneText')}</p>
      {count > 0 && <p>{t('app.hostGoneUnsaved', { count })}</p>}
      <Button onClick={() => window.location.reload()}>{t('common.retry')}</Button>
    </Modal>
  );
}
