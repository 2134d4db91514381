import { useEffect } from 'react';
import { announce } from './announcer.tsx';
import { allCommands } from './commands.ts';

export const isMac = navigator.platform.startsWith('Mac');

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key event is this chord: `Mod+Shift+H`, `Alt+ArrowLeft`, `F8`, `Escape`. Letters compare without case. */
export function isChord(event: Pressed, chord: string): boolean {
  const parts = chord.split('+');
  const key = parts.pop() ?? '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    mod === parts.includes('Mod') &&
    otherMod === parts.includes('Ctrl') &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt')
  );
}

/** A chord as people read it: `Ctrl+Shift+H`, on a Mac `⇧⌘H`. */
export function chordText(chord: string): string {
  const names: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };
  const parts = chord === '+' ? ['+'] : chord.split('+').map((part) => names[part] ?? part);
  if (!isMac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const glyphs: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
  return parts.map((part) => glyphs[part] ?? part).join('');
}

/** Whether the focus is where letters and Ctrl+Z belong to the text being typed. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Runs commands by their keys, wherever the focus is. A widget that handles a key itself calls `preventDefault`. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const typing = isTyping(event.target);
      for (const command of allCommands()) {
        if (!command.keys?.some((chord) => isChord(event, chord))) continue;
        if (typing && !event.ctrlKey && !event.metaKey && !/^F\d+$/.test(event.key)) continue;
        if (typing && /^[zyxcvad]$/i.test(event.key)) continue;
        event.preventDefault();
        if (command.disabledReason) announce(command.disabledReason);
        else command.run();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
