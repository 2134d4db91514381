import type { MessagePort } from 'node:worker_threads';

/** What a relayed message is: oRPC's text, or its bytes. The relay never looks inside. */
export type Opaque = string | Uint8Array | ArrayBuffer;

/** One end of a conversation, whatever carries it. */
export interface Wire {
  send(message: Opaque): void;
  onMessage(listener: (message: Opaque) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Forwards messages between two wires in both directions, in order. When one closes, so does the other. */
export function relay(one: Wire, other: Wire): void {
  let closed = false;
  const closeBoth = (): void => {
    if (closed) return;
    closed = true;
    one.close();
    other.close();
  };
  one.onMessage((message) => other.send(message));
  other.onMessage((message) => one.send(message));
  one.onClose(closeBoth);
  other.onClose(closeBoth);
}

/** A port of this process as a wire. Anything that is not text or bytes is dropped: the engine must never be handed an object from a page. */
export function portWire(port: MessagePort): Wire {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (message: unknown) => {
        if (isOpaque(message)) listener(message);
      });
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}

export function isOpaque(message: unknown): message is Opaque {
  return typeof message === 'string' || message instanceof Uint8Array || message instanceof ArrayBuffer;
}
