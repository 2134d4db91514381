import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { AppContract } from '../../shared/contract/app/index.ts';

/** Every call of the app contract, typed, over whatever transport the host offers. */
export type AppClient = ContractRouterClient<AppContract>;

export interface Connection {
  readonly client: AppClient;
  /** Called once when the host went away; calls made afterwards fail. */
  onClosed(listener: () => void): void;
}

/** Raised when the host does not let this page in: the link was used up or is not ours. */
export class NotAdmittedError extends Error {
  override readonly name = 'NotAdmittedError';
}

/**
 * Connects the page to its host. In Electron the preload hands over one message port; in a browser the one-time token in the address's
 * fragment is exchanged for a session and a WebSocket is opened. Rejects with `NotAdmittedError` when the host refuses the page.
 */
export function connect(): Promise<Connection> {
  return 'rosterlineHost' in window ? connectByPort() : connectByWebSocket();
}

async function connectByPort(): Promise<Connection> {
  const port = await new Promise<MessagePort>((resolve) => {
    const listen = (event: MessageEvent<unknown>): void => {
      const [handed] = event.ports;
      if (event.source !== window || event.data !== 'rosterline:port' || !handed) return;
      window.removeEventListener('message', listen);
      resolve(handed);
    };
    window.addEventListener('message', listen);
    window.postMessage('rosterline:ask-port', window.origin);
  });
  port.start();
  return {
    client: createORPCClient<AppClient>(new MessagePortLink({ port })),
    onClosed: (listener) => port.addEventListener('close', listener, { once: true }),
  };
}

async function connectByWebSocket(): Promise<Connection> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token !== null) {
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (answer.ok) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  }
  const socket = new WebSocket(`${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/rpc`);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new NotAdmittedError('the host refused the connection')), { once: true });
  });
  return {
    client: createORPCClient<AppClient>(new WebSocketLink({ websocket: socket })),
    onClosed: (listener) => socket.addEventListener('close', listener, { once: true }),
  };
}
