import { EventEmitter } from 'node:events';

/** One end of a channel, as Electron's main process knows them. Messages wait until the port is started. */
export class MessagePortMain extends EventEmitter {
  other: MessagePortMain | null = null;
  #queue: unknown[] | null = [];
  #closed = false;

  postMessage(message: unknown): void {
    this.other?.receive(structuredClone(message));
  }

  receive(data: unknown): void {
    if (this.#queue) this.#queue.push(data);
    else setImmediate(() => this.emit('message', { data, ports: [] }));
  }

  start(): void {
    const queued = this.#queue ?? [];
    this.#queue = null;
    for (const data of queued) this.receive(data);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { other } = this;
    this.other = null;
    setImmediate(() => this.emit('close'));
    other?.close();
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** A message of a port in a form that JSON carries: text as it is, bytes in base64. */
export function packMessage(message: unknown): { text: string } | { bytes: string } {
  if (typeof message === 'string') return { text: message };
  if (message instanceof ArrayBuffer) return { bytes: Buffer.from(message).toString('base64') };
  if (ArrayBuffer.isView(message)) return { bytes: Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('base64') };
  throw new Error('the stand-in carries text and bytes over ports, nothing else');
}

export function unpackMessage(packed: { text?: string; bytes?: string }): string | Uint8Array {
  return packed.text ?? new Uint8Array(Buffer.from(packed.bytes ?? '', 'base64'));
}
