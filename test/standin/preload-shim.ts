/**
 * What runs in a page before its own scripts. A sandboxed preload sees `require('electron')` and nothing else; ports that main hands over
 * become real message ports of the page, whose messages travel over the one binding there is.
 */
export function preloadShim(preload: string): string {
  return `(() => {
    if (window.top !== window) return;
    const bind = globalThis.__ipc;
    delete globalThis.__ipc;
    const listeners = {}, waiting = new Map(), ports = new Map();
    let last = 0;
    const say = (message) => bind(JSON.stringify(message));
    // Electron answers null for a window that main denies. Chromium would open it first, so the page asks main instead.
    window.open = (url) => { say({ kind: 'open', url: String(new URL(url ?? 'about:blank', location.href)) }); return null; };
    const pack = (value) => typeof value === 'string' ? { text: value } : { bytes: btoa(Array.from(new Uint8Array(value.buffer ?? value), (byte) => String.fromCharCode(byte)).join('')) };
    const unpack = (packed) => 'text' in packed ? packed.text : Uint8Array.from(atob(packed.bytes), (letter) => letter.charCodeAt(0)).buffer;
    const portFor = (id) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => say({ kind: 'port', id, data: pack(event.data) });
      ports.set(id, port1);
      return port2;
    };
    globalThis.__deliver = (message) => {
      if (message.kind === 'answer') {
        const call = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.error) call.reject(new Error(message.error));
        else call.resolve(message.value);
      } else if (message.kind === 'port') ports.get(message.id)?.postMessage(unpack(message.data));
      else if (message.kind === 'port-closed') {
        ports.get(message.id)?.close();
        ports.delete(message.id);
      } else {
        const event = { ports: message.ports.map(portFor) };
        for (const listener of listeners[message.channel] ?? []) listener(event, ...message.values);
      }
    };
    const isolate = (value) => {
      if (typeof value === 'function') return (...values) => isolate(value(...values.map(isolate)));
      if (value instanceof Promise) return value.then(isolate);
      if (value && typeof value === 'object' && Object.values(value).some((part) => typeof part === 'function'))
        return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, isolate(part)])));
      return structuredClone(value);
    };
    const ipcRenderer = {
      invoke: (channel, ...values) => new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        say({ kind: 'invoke', id, channel, values });
      }),
      send: (channel, ...values) => say({ kind: 'send', channel, values }),
      on(channel, listener) { (listeners[channel] ??= []).push(listener); return this; },
      removeListener(channel, listener) { listeners[channel] = (listeners[channel] ?? []).filter((other) => other !== listener); return this; },
      off(channel, listener) { return this.removeListener(channel, listener); },
    };
    const contextBridge = {
      exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: isolate(value), writable: false, configurable: false, enumerable: true }),
    };
    const require = (name) => {
      if (name === 'electron') return { ipcRenderer, contextBridge, webUtils: { getPathForFile: () => '' } };
      throw new Error('module not found: ' + name);
    };
    (function (require, module, exports, process) {${preload}\n})(require, { exports: {} }, {}, { platform: 'linux', sandboxed: true });
  })();`;
}
