import { Modal } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useProgramEvents } from '../../client/follow.ts';
import { t } from '../../messages/index.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { accessLog, useAccessLog } from './access-log.ts';

// Fetched when it is first opened; the command itself is there from the start.
const AccessLog = lazy(() => import('./AccessLog.tsx').then((part) => ({ default: part.AccessLog })));

/** Offers “Show who asked for personal data” from everywhere, and shows its dialog. Mounted once by the window. */
export function AccessLogDialog(): React.JSX.Element {
  const opened = useAccessLog((state) => state.opened);
  const record = useAccessLog((state) => state.record);
  useProgramEvents((event) => {
    if (event.kind === 'session' || event.kind === 'program') accessLog.getState().forget();
  });
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'records.accessLog',
          title: t('accessLog.command'),
          section: 'review',
          words: t('accessLog.commandWords'),
          run: () => accessLog.getState().open(null),
        },
      ],
      [],
    ),
  );
  return (
    <Modal opened={opened} onClose={accessLog.getState().close} title={t('accessLog.title')} size={760}>
      <Suspense fallback={null}>{opened && <AccessLog record={record} />}</Suspense>
    </Modal>
  );
}
