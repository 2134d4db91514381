import { ipcMain, MessageChannelMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { EngineThread } from '../worker/engine-thread.ts';
import { isOpaque, portWire, relay, type Wire } from '../worker/relay.ts';
import { isOurs } from './origin.ts';

/** A command the page offers at this moment, for the menu. */
export const PageCommand = z.strictObject({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(300),
  section: z.enum(['edit', 'view', 'go', 'branch', 'review', 'programme', 'help']),
  keys: z.string().max(40).nullable(),
  enabled: z.boolean(),
});
export type PageCommand = z.infer<typeof PageCommand>;

export interface PageChannelOptions {
  readonly engine: EngineThread;
  /** The pages that windows of ours show. */
  readonly isKnown: (contents: WebContents) => boolean;
  readonly developing: string | null;
  readonly onCommands: (contents: WebContents, commands: readonly PageCommand[]) => void;
  readonly log: Log;
}

/**
 * The only place that listens to pages. A page may ask for a port into the engine and may say which commands it offers; who asks is checked
 * each time: a window of ours, its top frame, our own address. The engine's messages are relayed unread.
 */
export function listenToPages({ engine, isKnown, developing, onCommands, log }: PageChannelOptions): void {
  const trusted = (event: IpcMainEvent): boolean => {
    const { sender, senderFrame } = event;
    const isTop = senderFrame !== null && senderFrame.parent === null && senderFrame.frameTreeNodeId === sender.mainFrame?.frameTreeNodeId;
    const trust = isTop && isKnown(sender) && isOurs(senderFrame.url, developing);
    if (!trust) log('error', 'a message came from a page that is not ours and was ignored');
    return trust;
  };

  ipcMain.on('rosterline:ask-port', (event) => {
    if (!trusted(event)) return;
    const { port1, port2 } = new MessageChannelMain();
    relay(mainPortWire(port2), portWire(engine.openPort('rpc')));
    event.senderFrame?.postMessage('rosterline:port', null, [port1]);
  });

  ipcMain.on('rosterline:commands', (event, offered: unknown) => {
    if (!trusted(event)) return;
    const commands = z.array(PageCommand).max(500).safeParse(offered);
    if (commands.success) onCommands(event.sender, commands.data);
    else log('error', 'a page offered commands that are none');
  });
}

/** A port of Electron's main process as a wire. Such a port cannot be handed to a thread of Node, which is why there is a relay at all. */
function mainPortWire(port: MessagePortMain): Wire {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => {
        if (isOpaque(data)) listener(data);
      });
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}
