import style from './conflict.module.css';

/** The key that does the same as the button it stands on. */
export function Key({ letter }: { readonly letter: string }): React.JSX.Element {
  return (
    <kbd className={style.key} aria-hidden>
      {letter}
    </kbd>
  );
}
