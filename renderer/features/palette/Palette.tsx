import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { useCommands, type Command } from '../../ui/commands.ts';
import { chordText } from '../../ui/keys.ts';
import { closePalette, openKeys, openPalette, useOpen } from './open.ts';
import { usePaletteItems, type PaletteItem } from './usePaletteItems.ts';
import style from './palette.module.css';

/** Find anything: commands, people, codes, moments, days. */
export function Palette(): React.JSX.Element | null {
  const open = useOpen();
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'go.find', title: t('palette.open'), section: 'go', keys: ['Mod+K', 'Mod+F'], run: openPalette },
        { id: 'help.keys', title: t('palette.keys'), section: 'help', keys: ['F1', 'Shift+?'], words: 'shortcuts help', run: openKeys },
      ],
      [],
    ),
  );
  return open === 'palette' ? <PaletteDialog /> : null;
}

function PaletteDialog(): React.JSX.Element {
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const listId = useId();
  const items = usePaletteItems(text);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    // The browser's own modal takes the focus at once, so that what is typed next arrives here and not in the roster.
    dialog.current?.showModal();
  }, []);
  const run = (item: PaletteItem | undefined): void => {
    if (item === undefined) return;
    if (item.disabledReason) {
      announce(item.disabledReason);
      return;
    }
    closePalette();
    // The dialog gives the focus back first; a command that moves it must come after.
    setTimeout(item.run, 0);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const last = items.length - 1;
      setMarked((now) =>
        Math.abs(step) === 1 ? (now + step + items.length) % Math.max(1, items.length) : Math.max(0, Math.min(last, now + step)),
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(items[marked]);
    }
  };
  return (
    // A click beside the dialog closes it, as Escape does.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={style.dialog}
      aria-label={t('palette.title')}
      onClose={closePalette}
      onClick={(event) => {
        if (event.target === event.currentTarget) closePalette();
      }}
    >
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the user to type here
        autoFocus
        className={style.input}
        role="combobox"
        aria-label={t('palette.label')}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={items.length > 0 ? `${listId}-${marked}` : undefined}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label={t('palette.results')} className={style.list}>
        {items.map((item, index) => (
          <Item
            key={item.key}
            id={`${listId}-${index}`}
            item={item}
            marked={index === marked}
            heading={items[index - 1]?.section === item.section ? null : item.section}
            onRun={() => run(item)}
          />
        ))}
      </ul>
      {items.length === 0 && <p className={style.nothing}>{t('palette.nothing', { text })}</p>}
      <p className={style.hint} aria-hidden>
        {t('palette.hint')}
      </p>
    </dialog>
  );
}

interface ItemProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly marked: boolean;
  readonly heading: string | null;
  readonly onRun: () => void;
}

function Item({ id, item, marked, heading, onRun }: ItemProps): React.JSX.Element {
  return (
    <>
      {heading !== null && (
        <li role="presentation" className={style.heading}>
          {heading}
        </li>
      )}
      <li
        id={id}
        role="option"
        aria-selected={marked}
        aria-disabled={Boolean(item.disabledReason)}
        className={style.item}
        ref={(element) => {
          if (marked) element?.scrollIntoView({ block: 'nearest' });
        }}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onRun}
      >
        <span className={style.name}>{item.title}</span>
        {(item.disabledReason ?? item.detail) && <span className={style.detail}>{item.disabledReason ?? item.detail}</span>}
        {item.keys && <kbd className={style.kbd}>{chordText(item.keys)}</kbd>}
      </li>
    </>
  );
}
