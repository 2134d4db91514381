import { EventEmitter } from 'node:events';

type Answer = Record<string, any>;

/** Raw Chrome DevTools Protocol over one WebSocket. Events are emitted as `<session>:<method>`, without a session as `:<method>`. */
export class Cdp extends EventEmitter {
  #last = 0;
  readonly #waiting = new Map<number, PromiseWithResolvers<any>>();
  #socket!: WebSocket;

  async open(url: string): Promise<void> {
    this.#socket = new WebSocket(url);
    await new Promise<unknown>((resolve, reject) => {
      this.#socket.addEventListener('open', resolve, { once: true });
      this.#socket.addEventListener('error', reject, { once: true });
    });
    this.#socket.addEventListener('message', (message) => this.#receive(JSON.parse(String(message.data))));
  }

  send(method: string, params: Answer = {}, sessionId?: string): Promise<any> {
    const id = ++this.#last;
    const answer = Promise.withResolvers<any>();
    this.#waiting.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer.promise;
  }

  #receive(message: Answer): void {
    const answer = this.#waiting.get(message['id']);
    if (!answer) return void this.emit(`${message['sessionId'] ?? ''}:${message['method']}`, message['params']);
    this.#waiting.delete(message['id']);
    if (message['error']) answer.reject(new Error(message['error'].message));
    else answer.resolve(message['result']);
  }
}
