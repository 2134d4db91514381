import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import type { GridBlock } from '../../ui/grid/model.ts';
import { isChord, isTyping } from '../../ui/keys.ts';
import { blockToHtml, blockToTsv, htmlToBlock, tsvToBlock, type TextBlock } from './clipboard.ts';
import type { CodeBook } from './code-book.ts';
import type { Slot } from './edit-plan.ts';
import { blockToTexts, planPaste, slotsIn, unknownCodes, type CodeDecision } from './gestures.ts';
import type { RosterModel } from './roster-model.ts';
import type { Editing } from './useEditing.ts';

/** A paste that waits for decisions about codes that nobody knows. */
export interface WaitingPaste {
  readonly codes: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  decide(decisions: ReadonlyMap<string, CodeDecision>): void;
}

export interface Clipboard {
  /** What was cut and not pasted yet, for its dashed frame. */
  readonly cut: GridBlock | null;
  readonly waiting: WaitingPaste | null;
  readonly dropWaiting: () => void;
  readonly dropCut: () => void;
  /** Copies or cuts by command. */
  readonly copyByCommand: (cutting: boolean) => void;
  /** Pastes by command; the browser may not allow it. */
  readonly pasteByCommand: (skipAbsences: boolean) => void;
}

interface Context {
  readonly model: RosterModel | null;
  readonly block: GridBlock | null;
  readonly book: CodeBook;
  readonly editing: Editing;
}

/** Ctrl+C, X, V and Ctrl+Shift+V over the selected cells, as text and as a table, both ways. */
export function useClipboard({ model, block, book, editing }: Context): Clipboard {
  const [cut, setCut] = useState<{ readonly block: GridBlock; readonly slots: readonly Slot[]; readonly text: string } | null>(null);
  const [waiting, setWaiting] = useState<WaitingPaste | null>(null);
  const withoutAbsences = useRef(false);
  const copied = useRef<string | null>(null);

  const isOurs = (event: Event): boolean => {
    const inField = isTyping(event.target) || isTyping(document.activeElement);
    return model !== null && block !== null && !inField && document.querySelector('[role="dialog"]') === null;
  };
  const take = (from: RosterModel, chosen: GridBlock, cutting: boolean): { readonly text: string; readonly html: string } => {
    const texts = blockToTexts(from, chosen);
    const text = blockToTsv(texts);
    copied.current = text;
    setCut(cutting ? { block: chosen, slots: slotsIn(from, chosen), text } : null);
    const count = texts.reduce((sum, row) => sum + row.length, 0);
    announce(t(cutting ? 'roster.cutDone' : 'roster.copied', { count }));
    return { text, html: blockToHtml(texts) };
  };
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    if (!isOurs(event) || model === null || block === null || event.clipboardData === null) return;
    // Text that somebody marked with the mouse is meant before cells.
    if ((window.getSelection()?.toString() ?? '') !== '') return;
    if (event.type === 'cut' && editing.refuses()) return;
    event.preventDefault();
    const { text, html } = take(model, block, event.type === 'cut');
    event.clipboardData.setData('text/plain', text);
    event.clipboardData.setData('text/html', html);
  });
  const copyByCommand = (cutting: boolean): void => {
    if (model === null || block === null || (cutting && editing.refuses())) return;
    const { text, html } = take(model, block, cutting);
    const item = new ClipboardItem({
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    });
    // What was copied is known here also where the browser keeps its clipboard to itself.
    navigator.clipboard.write([item]).catch((error: unknown) => console.debug('the clipboard was not written', error));
  };
  const paste = useEffectEvent((texts: TextBlock, plain: string, skipAbsences: boolean) => {
    if (model === null || block === null || editing.refuses()) return;
    const moved = cut !== null && cut.text === plain ? cut.slots : undefined;
    const run = (decisions: ReadonlyMap<string, CodeDecision>): void => {
      editing.perform(planPaste(model, texts, block, book, { skipAbsences, decisions, ...(moved ? { moved } : {}) }));
      setCut(null);
      setWaiting(null);
    };
    const unknown = unknownCodes(texts, book);
    if (unknown.length === 0) {
      run(new Map());
      return;
    }
    const counts = new Map(unknown.map((code) => [code, texts.flat().filter((text) => text === code).length]));
    setWaiting({ codes: unknown, counts, decide: run });
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const skipAbsences = withoutAbsences.current;
    withoutAbsences.current = false;
    if (!isOurs(event) || event.clipboardData === null) return;
    event.preventDefault();
    const plain = event.clipboardData.getData('text/plain');
    const texts = (plain === '' ? htmlToBlock(event.clipboardData.getData('text/html')) : null) ?? tsvToBlock(plain);
    if (texts.flat().every((text) => text === '')) announce(t('roster.nothingToPaste'));
    else paste(texts, plain, skipAbsences);
  });
  const pasteByCommand = useEffectEvent(async (skipAbsences: boolean) => {
    let text: string | null = null;
    try {
      text = await navigator.clipboard.readText();
    } catch {
      // The browser keeps the clipboard to itself; what was copied here is known anyway.
      text = copied.current;
    }
    if (text === null) announce(t('roster.pasteBlocked'));
    else if (text === '') announce(t('roster.nothingToPaste'));
    else paste(tsvToBlock(text), text, skipAbsences);
  });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isChord(event, 'Mod+Shift+V') || !isOurs(event)) return;
    // Browsers differ in whether this chord fires a paste outside of a text field: take the event where it comes, ask otherwise.
    withoutAbsences.current = true;
    setTimeout(() => {
      if (!withoutAbsences.current) return;
      withoutAbsences.current = false;
      void pasteByCommand(true);
    }, 60);
  });
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => onCopy(event);
    const take = (event: ClipboardEvent): void => onPaste(event);
    const key = (event: KeyboardEvent): void => onKeyDown(event);
    // On the way down, so that an event that does not bubble arrives too.
    document.addEventListener('copy', copy, true);
    document.addEventListener('cut', copy, true);
    document.addEventListener('paste', take, true);
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('copy', copy, true);
      document.removeEventListener('cut', copy, true);
      document.removeEventListener('paste', take, true);
      document.removeEventListener('keydown', key);
    };
  }, []);
  return {
    cut: cut?.block ?? null,
    waiting,
    dropWaiting: () => setWaiting(null),
    dropCut: () => setCut(null),
    copyByCommand,
    pasteByCommand: (skipAbsences) => void pasteByCommand(skipAbsences),
  };
}
