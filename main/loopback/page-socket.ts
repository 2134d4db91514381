import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { portWire, relay, type Wire } from '../worker/relay.ts';
import type { EngineThread } from '../worker/engine-thread.ts';
import type { Barred } from './access.ts';
import { bodyLimitBytes } from './request-body.ts';

const heartbeatMillis = 30_000;

export interface PageSockets {
  /** Takes over a request to upgrade, or turns it away with a plain HTTP answer. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, barred: Barred): void;
  closeAll(): void;
}

/** The pages' WebSockets. Each one is relayed, unread, to a port of its own into the engine's thread. */
export function createPageSockets(engine: EngineThread): PageSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: bodyLimitBytes, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMillis);
  heartbeat.unref();

  return {
    upgrade(request, socket, head, barred) {
      socket.on('error', () => socket.destroy());
      if (barred !== null) {
        const body = JSON.stringify({ defined: false, ...barred, data: {} });
        socket.end(
          `HTTP/1.1 ${barred.status} ${barred.code}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
        );
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        alive.add(opened);
        opened.on('pong', () => alive.add(opened));
        relay(socketWire(opened), portWire(engine.openPort('rpc')));
      });
    },
    closeAll() {
      clearInterval(heartbeat);
      for (const socket of server.clients) socket.close(1001, 'the program ends');
      setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, 500).unref();
      server.close();
    },
  };
}

function socketWire(socket: WebSocket): Wire {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    onMessage: (listener) => {
      socket.on('message', (data: RawData, isBinary: boolean) => listener(isBinary ? bytesOf(data) : textOf(data)));
    },
    onClose: (listener) => {
      socket.on('close', listener);
      // An error is followed by a close; without a listener it would end the process.
      socket.on('error', () => {});
    },
    close: () => socket.close(1012, 'the engine is started again'),
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return new Uint8Array(data);
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString('utf8');
}
