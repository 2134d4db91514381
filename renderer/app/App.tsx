import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { useEffect, useState } from 'react';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/tokens.css';
import './app.css';
import { connect, NotAdmittedError, type Connection } from '../client/connect.ts';
import { createEngineAccess, createQueryClient, EngineProvider, type Engine } from '../client/engine.ts';
import { followProgram } from '../client/follow.ts';
import { Announcer } from '../ui/announcer.tsx';
import { t } from '../messages/index.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FullMessage } from './FullMessage.tsx';
import { Gate } from './Gate.tsx';
import { cssVariables, theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);
const queryClient = createQueryClient();

// React runs effects twice while developing, and the start link works once: the page connects once.
let connecting: Promise<Connection> | null = null;
function connectOnce(): Promise<Connection> {
  connecting ??= connect();
  return connecting;
}

/** The window: connects to the engine and shows the screen that the position names. */
export function App(): React.JSX.Element {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables} getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} zIndex={400} />
        <ErrorBoundary>
          <Connected />
        </ErrorBoundary>
        <Announcer label={t('common.announcements')} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly engine: Engine; readonly gone: boolean }
  | { readonly kind: 'not admitted' }
  | { readonly kind: 'failed'; readonly error: unknown };

function Connected(): React.JSX.Element {
  const [state, setState] = useState<ConnectionState>({ kind: 'connecting' });
  useEffect(() => {
    const following = new AbortController();
    const open = async (): Promise<void> => {
      try {
        const connection = await connectOnce();
        if (following.signal.aborted) return;
        setState({ kind: 'open', engine: createEngineAccess(connection.client), gone: false });
        connection.onClosed(() => {
          following.abort();
          setState((now) => (now.kind === 'open' ? { ...now, gone: true } : now));
        });
        void followProgram(connection.client, following.signal);
      } catch (error) {
        if (!following.signal.aborted) setState(error instanceof NotAdmittedError ? { kind: 'not admitted' } : { kind: 'failed', error });
      }
    };
    void open();
    return () => following.abort();
  }, []);

  switch (state.kind) {
    case 'connecting':
      return <FullMessage busy title={t('app.connecting')} />;
    case 'not admitted':
      return <FullMessage title={t('app.notAdmittedTitle')} text={t('app.notAdmittedText')} action={reload} />;
    case 'failed':
      return <FullMessage title={t('app.hostGoneTitle')} text={t('app.hostGoneText')} action={reload} details={String(state.error)} />;
    case 'open':
      return (
        <EngineProvider value={state.engine}>
          <Gate gone={state.gone} />
        </EngineProvider>
      );
  }
}

const reload = { label: t('common.retry'), run: () => window.location.reload() };
