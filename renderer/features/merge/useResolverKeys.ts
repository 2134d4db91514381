import { useEffect, useEffectEvent } from 'react';
import { isChord } from '../../ui/keys.ts';

export interface ResolverVerbs {
  choose(kind: 'target' | 'source' | 'base' | 'delete'): void;
  edit(): void;
  takeBack(): void;
  later(): void;
  step(by: 1 | -1, open: boolean): void;
  finish(): void;
  leave(): void;
  /** Somebody begins to type. */
  typing(): void;
}

/** The keys of the resolver. Letters act only while the focus is in it and nothing is being typed. */
export function useResolverKeys(root: React.RefObject<HTMLElement | null>, verbs: ResolverVerbs): void {
  const run = useEffectEvent((event: KeyboardEvent): boolean => {
    if (isChord(event, 'Mod+Enter')) {
      verbs.finish();
      return true;
    }
    if (isTypingText(event.target)) {
      if (event.key !== 'Escape' || isOpenList(event.target)) return false;
      // First out of the field, then out of the merge.
      root.current?.querySelector<HTMLElement>('[data-conflict][aria-current]')?.focus();
      return true;
    }
    if (isChord(event, 'a')) verbs.choose('target');
    else if (isChord(event, 'b')) verbs.choose('source');
    else if (isChord(event, 'o')) verbs.choose('base');
    else if (isChord(event, 'd')) verbs.choose('delete');
    else if (isChord(event, 'e')) verbs.edit();
    else if (isChord(event, 'u')) verbs.takeBack();
    else if (isChord(event, 's')) verbs.later();
    else if (isChord(event, 'n')) verbs.step(1, true);
    else if (isChord(event, 'p')) verbs.step(-1, true);
    else if (isChord(event, 'Shift+n')) verbs.step(1, false);
    else if (isChord(event, 'Shift+p')) verbs.step(-1, false);
    else if (isChord(event, 'Escape')) verbs.leave();
    else return false;
    return true;
  });
  const beginTyping = useEffectEvent(() => verbs.typing());
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && !event.repeat && run(event)) event.preventDefault();
    };
    const onDocumentKey = (event: KeyboardEvent): void => {
      // What had the focus may have gone with the conflict it belonged to; nothing else has taken it then.
      if (event.target === document.body && document.querySelector('[role="dialog"]') === null) onKey(event);
    };
    const onFocus = (event: FocusEvent): void => {
      if (isTypingText(event.target)) beginTyping();
    };
    element.addEventListener('keydown', onKey);
    element.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onDocumentKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onDocumentKey);
    };
  }, [root]);
}

const noText = new Set(['radio', 'checkbox', 'button', 'submit']);

function isTypingText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !noText.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select'));
}

/** Escape closes an open list of proposals first. */
function isOpenList(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
