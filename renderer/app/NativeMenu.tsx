import { useEffect } from 'react';
import { allCommands, useAllCommands } from '../ui/commands.ts';

/**
 * In a window of its own the menu is the system's: this tells the host which commands there are right now and runs the one that is chosen.
 * In a browser there is no such menu and nothing happens. A component of its own: it renders whenever a command changes, and the window must not.
 */
export function NativeMenu(): null {
  const commands = useAllCommands();
  const hosted = 'rosterlineHost' in window;

  useEffect(() => {
    if (!hosted) return;
    // The list changes in bursts, for instance when the selection moves: the menu follows when it rests.
    const later = setTimeout(() => {
      const offered = commands.map(({ id, title, section, keys, disabledReason }) => ({
        id,
        title: title.slice(0, 300),
        section,
        keys: keys?.[0] ?? null,
        enabled: (disabledReason ?? null) === null,
      }));
      window.postMessage({ rosterlineCommands: offered }, window.origin);
    }, 100);
    return () => clearTimeout(later);
  }, [commands, hosted]);

  useEffect(() => {
    if (!hosted) return;
    const run = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || typeof event.data !== 'object' || event.data === null || !('rosterlineRun' in event.data)) return;
      const { rosterlineRun: id } = event.data;
      const command = allCommands().find((offered) => offered.id === id);
      if (command && (command.disabledReason ?? null) === null) command.run();
    };
    window.addEventListener('message', run);
    return () => window.removeEventListener('message', run);
  }, [hosted]);
  return null;
}
