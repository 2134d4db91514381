// Runs in the page's process, apart from the page's own world. It carries three kinds of message and understands none of what they are about.
import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('rosterlineHost', 'window');

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window) return;
  if (event.data === 'rosterline:ask-port') ipcRenderer.send('rosterline:ask-port');
  else if (typeof event.data === 'object' && event.data !== null && 'rosterlineCommands' in event.data)
    ipcRenderer.send('rosterline:commands', event.data.rosterlineCommands);
});
ipcRenderer.on('rosterline:port', (event) => window.postMessage('rosterline:port', '/', [...event.ports]));
ipcRenderer.on('rosterline:run', (_event, command: unknown) => window.postMessage({ rosterlineRun: command }, '/'));
