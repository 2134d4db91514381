import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Cdp } from './cdp.ts';
import { MessagePortMain, packMessage, unpackMessage } from './ports.ts';
import { preloadShim } from './preload-shim.ts';

type Loose = Record<string, any>;

/** What windows need of the rest of the stand-in. */
export const shared = {
  app: new EventEmitter() as any,
  ipcMain: new EventEmitter() as any,
  handlers: new Map<string, (event: any, ...values: any[]) => unknown>(),
  schemes: new Map<string, (request: Request) => Response | Promise<Response>>(),
  beforeRequest: null as null | ((details: { url: string }, answer: (verdict: { cancel?: boolean }) => void) => void),
  session: {} as any,
  ready: Promise.resolve() as Promise<void>,
  /** While the application quits, the last window's end is not told. */
  quitting: false,
};
export const cdp = new Cdp();

/** Chromium shows custom schemes as hosts of its own: `app://rosterline/x` is `http://app.localhost/rosterline/x` there. */
const toHttp = (url: string): string =>
  url.replace(/^([a-z]+):\/\//, (match, scheme) => (shared.schemes.has(scheme) ? `http://${scheme}.localhost/` : match));
const fromHttp = (url: string): string =>
  url.replace(/^http:\/\/([a-z]+)\.localhost\//, (match, scheme) => (shared.schemes.has(scheme) ? `${scheme}://` : match));

const windows = new Set<BrowserWindow>();
let lastId = 0;
let lastPort = 0;

class Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** A page that is still loading, or that a debugger holds, may not answer; then it does not stay. */
function noAnswer(): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), 1_000).unref());
}

export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: any;
  #session = '';
  #target = '';
  #dead = false;
  #loading = '';
  #url = 'about:blank';
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  readonly #preferences: Loose;
  readonly #ports = new Map<number, MessagePortMain>();
  readonly #opened: Promise<void>;

  constructor(options: Loose = {}) {
    super();
    this.#preferences = options['webPreferences'] ?? {};
    windows.add(this);
    const frame = this.#frame();
    this.webContents = Object.assign(new EventEmitter(), {
      id: this.id,
      session: shared.session,
      mainFrame: frame,
      getLastWebPreferences: () => ({ ...this.#preferences }),
      isDestroyed: () => this.#dead,
      getURL: () => fromHttp(this.#url),
      setWindowOpenHandler: (handler: any) => (this.#openHandler = handler),
      openDevTools() {},
      close: () => this.close(),
      targetId: () => this.#target,
      send: (channel: string, ...values: unknown[]) => void this.#deliver({ kind: 'event', channel, values, ports: [] }),
      postMessage: (channel: string, value: unknown, ports: MessagePortMain[] = []) => frame.postMessage(channel, value, ports),
    });
    shared.app.emit('browser-window-created', {}, this);
    shared.app.emit('web-contents-created', {}, this.webContents);
    this.#opened = this.#open(options);
  }

  /** The top frame. */
  #frame(): any {
    const urlOf = (): string => fromHttp(this.#url);
    return {
      parent: null,
      frameTreeNodeId: this.id,
      get url(): string {
        return urlOf();
      },
      postMessage: (channel: string, value: unknown, ports: MessagePortMain[] = []): void => {
        const ids = ports.map((port) => this.#carry(port));
        void this.#deliver({ kind: 'event', channel, values: [value], ports: ids });
      },
    };
  }

  #carry(port: MessagePortMain): number {
    const id = ++lastPort;
    this.#ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => void this.#deliver({ kind: 'port', id, data: packMessage(data) }));
    port.on('close', () => {
      this.#ports.delete(id);
      void this.#deliver({ kind: 'port-closed', id });
    });
    port.start();
    return id;
  }

  async #open(options: Loose): Promise<void> {
    await shared.ready;
    const created = await cdp.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width: options['width'] ?? 800,
      height: options['height'] ?? 600,
    });
    this.#target = created.targetId;
    this.#session = (await cdp.send('Target.attachToTarget', { targetId: this.#target, flatten: true })).sessionId;
    const on = (method: string, listener: (params: any) => void): void => void cdp.on(`${this.#session}:${method}`, listener);
    on('Runtime.bindingCalled', (params) => {
      if (params.name === '__ipc') void this.#hear(JSON.parse(params.payload));
    });
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.#url = frame.url;
      for (const port of this.#ports.values()) port.close();
    });
    on('Page.loadEventFired', () => {
      this.webContents.emit('did-finish-load');
      this.emit('ready-to-show');
    });
    on('Fetch.requestPaused', (params) => void this.#serve(params));
    const send = (method: string, params: Loose = {}): Promise<any> => cdp.send(method, params, this.#session);
    await send('Page.enable');
    await send('Runtime.enable');
    await send('Runtime.addBinding', { name: '__ipc' });
    await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    const preload = this.#preferences['preload'] ? readFileSync(this.#preferences['preload'], 'utf8') : '';
    await send('Page.addScriptToEvaluateOnNewDocument', { source: preloadShim(preload) });
    cdp.on(':Target.targetDestroyed', (params) => {
      if (params.targetId === this.#target) this.#gone();
    });
    cdp.on(':Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== this.#target) return;
      if (this.#openHandler({ url: targetInfo.url }).action === 'deny')
        void cdp.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => {});
    });
    await cdp.send('Target.setDiscoverTargets', { discover: true });
  }

  /** Every request of the page: asked of the guards, answered by the application for its own schemes, let through otherwise. */
  async #serve({ requestId, request, resourceType, frameId }: any): Promise<void> {
    const url = fromHttp(request.url);
    const fail = (errorReason: string): Promise<unknown> =>
      cdp.send('Fetch.failRequest', { requestId, errorReason }, this.#session).catch(() => {});
    if (resourceType === 'Document' && request.url !== this.#loading) {
      const details = Object.assign(new Preventable(), { url, isMainFrame: frameId === this.#target });
      for (const name of details.isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'])
        this.webContents.emit(name, details, url);
      if (details.defaultPrevented) return void fail('Aborted');
    }
    const cancelled = await new Promise<boolean>((done) =>
      shared.beforeRequest ? shared.beforeRequest({ url }, ({ cancel }) => done(cancel === true)) : done(false),
    );
    if (cancelled) return void fail('BlockedByClient');
    const handler = shared.schemes.get(url.split(':')[0] as string);
    if (!handler) return void cdp.send('Fetch.continueRequest', { requestId }, this.#session).catch(() => {});
    try {
      const answer = await handler(new Request(url, { method: request.method, headers: request.headers }));
      const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
      const responseHeaders = [...answer.headers].map(([name, value]) => ({ name, value }));
      await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: answer.status, responseHeaders, body }, this.#session);
    } catch {
      await fail('Failed');
    }
  }

  async #hear(message: any): Promise<void> {
    if (message.kind === 'open') return void this.#openHandler({ url: message.url });
    if (message.kind === 'port') return this.#ports.get(message.id)?.postMessage(unpackMessage(message.data));
    const event = { sender: this.webContents, senderFrame: this.webContents.mainFrame, reply: this.webContents.send, ports: [] };
    if (message.kind === 'send') return void shared.ipcMain.emit(message.channel, event, ...message.values);
    const { id, channel, values } = message;
    try {
      const handler = shared.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      await this.#deliver({ kind: 'answer', id, value: structuredClone(await handler(event, ...values)) });
    } catch (error) {
      await this.#deliver({ kind: 'answer', id, error: `Error invoking remote method '${channel}': ${String(error)}` });
    }
  }

  async #deliver(message: Loose): Promise<void> {
    await this.#opened;
    if (this.#dead) return;
    await cdp.send('Runtime.evaluate', { expression: `globalThis.__deliver?.(${JSON.stringify(message)})` }, this.#session).catch(() => {});
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    const loaded = new Promise<void>((done) => this.webContents.once('did-finish-load', done));
    this.#loading = toHttp(url);
    const { errorText } = await cdp.send('Page.navigate', { url: this.#loading }, this.#session);
    if (errorText) throw new Error(`${errorText} loading ${url}`);
    await loaded;
  }
  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(file)).href);
  }
  show(): void {
    this.emit('show');
  }
  hide(): void {}
  focus(): void {}
  maximize(): void {}
  restore(): void {}
  setTitle(): void {}
  setMenuBarVisibility(): void {}
  isVisible(): boolean {
    return true;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  getBounds(): Loose {
    return { x: 0, y: 0, width: 1200, height: 800 };
  }
  getNormalBounds(): Loose {
    return this.getBounds();
  }
  isDestroyed(): boolean {
    return this.#dead;
  }
  close(): void {
    void this.tryClose();
  }
  /** Closes unless somebody prevents it: a listener, or the page, which main may overrule. */
  async tryClose(): Promise<boolean> {
    const event = new Preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    // Whoever drives the page may close it meanwhile; then the question is never answered.
    const gone = new Promise<false>((done) => {
      if (this.#dead) done(false);
      else this.once('closed', () => done(false));
    });
    if (await Promise.race([this.#pageWantsToStay(), gone, noAnswer()])) {
      const overruled = new Preventable();
      this.webContents.emit('will-prevent-unload', overruled);
      if (!overruled.defaultPrevented) return false;
    }
    this.destroy();
    await gone;
    return true;
  }
  async #pageWantsToStay(): Promise<boolean> {
    const expression = `(() => { const e = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(e); return e.defaultPrevented; })()`;
    const answer = await cdp.send('Runtime.evaluate', { expression, returnByValue: true }, this.#session).catch(() => null);
    return answer?.result?.value === true;
  }
  destroy(): void {
    void cdp.send('Target.closeTarget', { targetId: this.#target }).catch(() => {});
  }

  #gone(): void {
    if (this.#dead) return;
    this.#dead = true;
    windows.delete(this);
    for (const port of this.#ports.values()) port.close();
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (windows.size > 0 || shared.quitting) return;
    if (shared.app.listenerCount('window-all-closed')) shared.app.emit('window-all-closed');
    else shared.app.quit();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows].at(-1) ?? null;
  }
  static fromWebContents(contents: any): BrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }
}
