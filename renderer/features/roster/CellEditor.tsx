import { useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../messages/index.ts';
import { isMac } from '../../ui/keys.ts';
import { CodeChip } from './cell-look.tsx';
import type { CodeBook } from './code-book.ts';
import style from './roster.module.css';

export type EditorMove = 'down' | 'up' | 'right' | 'left' | 'stay';

interface Props {
  /** The cell that is edited, for its place on screen. */
  readonly cell: HTMLElement;
  readonly title: string;
  readonly initial: string;
  /** Typing replaced the value: then the arrows sideways move on, as in a spreadsheet. F2 edits the text in place. */
  readonly mode: 'replace' | 'edit';
  readonly book: CodeBook;
  readonly onCommit: (text: string, move: EditorMove) => void;
  readonly onFill: (text: string) => void;
  readonly onCancel: () => void;
}

interface Option {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly color: string | null;
  readonly isNew: boolean;
}

/** The text being typed into a cell, with the codes that fit. What is marked in the list is what Enter takes. */
export function CellEditor({ cell, title, initial, mode, book, onCommit, onFill, onCancel }: Props): React.JSX.Element {
  const [text, setText] = useState(initial);
  const [marked, setMarked] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  const rect = useRectOf(cell);
  const options = optionsOf(text, book);
  const above = rect.bottom + 260 > window.innerHeight;

  useLayoutEffect(() => {
    const element = input.current;
    element?.focus({ preventScroll: true });
    if (mode === 'edit') element?.select();
    else element?.setSelectionRange(initial.length, initial.length);
  }, [initial, mode]);

  const chosen = (): string => {
    if (text.trim() === '') return '';
    return options[marked]?.code ?? text.trim();
  };
  const finish = (run: () => void): void => {
    if (finished.current) return;
    finished.current = true;
    run();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const take = (move: EditorMove): void => {
      event.preventDefault();
      finish(() => onCommit(chosen(), move));
    };
    switch (event.key) {
      case 'Enter':
        if (mod) {
          event.preventDefault();
          finish(() => onFill(chosen()));
        } else take(event.shiftKey ? 'up' : 'down');
        break;
      case 'Tab':
        take(event.shiftKey ? 'left' : 'right');
        break;
      case 'Escape':
        event.preventDefault();
        finish(onCancel);
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        setMarked((now) => (options.length === 0 ? 0 : (now + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length));
        break;
      case 'ArrowLeft':
      case 'ArrowRight':
        if (mode === 'replace' && !mod && !event.shiftKey && !event.altKey) take(event.key === 'ArrowRight' ? 'right' : 'left');
        break;
      default:
    }
    event.stopPropagation();
  };

  // Right away and not one render later, so that the next letter typed arrives here.
  return createPortal(
    <div
      className={`${style.editor} ${style.chips}`}
      style={{ left: rect.left, top: rect.top, width: Math.max(rect.width, 84), height: rect.height }}
    >
      <input
        ref={input}
        className={style.editorInput}
        role="combobox"
        aria-label={t('roster.editorLabel', { cell: title })}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? `${listId}-${marked}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => finish(() => onCommit(chosen(), 'stay'))}
      />
      {options.length > 0 && (
        <ul id={listId} role="listbox" aria-label={t('roster.editorOptions')} className={style.options} data-above={above || undefined}>
          {options.map((option, index) => (
            <li
              key={option.key}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === marked}
              className={style.option}
              ref={(element) => {
                if (index === marked) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => finish(() => onCommit(option.code, 'down'))}
            >
              {option.isNew ? (
                <span>{t('roster.newCode', { code: option.code })}</span>
              ) : (
                <>
                  <CodeChip code={option.code} color={option.color} />
                  <span className={style.optionName}>{option.name}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>,
    document.body,
  );
}

function optionsOf(text: string, book: CodeBook): readonly Option[] {
  const typed = text.trim();
  const suggestions = book
    .suggest(typed, 40)
    .map((code): Option => ({ key: code.code, code: code.code, name: code.name, color: code.color, isNew: false }));
  if (typed === '') return suggestions;
  const known = book.find(typed);
  if (known === null) return [{ key: '', code: typed, name: '', color: null, isNew: true }, ...suggestions];
  const own: Option = { key: known.code, code: known.code, name: known.name, color: known.color, isNew: false };
  return [own, ...suggestions.filter((option) => option.code !== known.code)];
}

/** Where an element is on screen, also while something scrolls under it. */
function useRectOf(element: HTMLElement): DOMRect {
  const [rect, setRect] = useState(() => element.getBoundingClientRect());
  useLayoutEffect(() => {
    const read = (): void => setRect(element.getBoundingClientRect());
    read();
    window.addEventListener('scroll', read, { capture: true, passive: true });
    window.addEventListener('resize', read);
    return () => {
      window.removeEventListener('scroll', read, { capture: true });
      window.removeEventListener('resize', read);
    };
  }, [element]);
  return rect;
}
