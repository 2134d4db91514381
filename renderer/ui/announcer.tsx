import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const store = createStore<{ readonly text: string; readonly turn: number }>(() => ({ text: '', turn: 0 }));

/** Says something to people who use a screen reader, and to anybody who looks at the status line. */
export function announce(text: string): void {
  store.setState((state) => ({ text, turn: state.turn + 1 }));
}

/** The live region. Mounted once. */
export function Announcer({ label }: { readonly label: string }): React.JSX.Element {
  const { text, turn } = useStore(store);
  // The turn makes the same sentence said twice a change, so that it is spoken twice.
  return (
    <output className="announcer" aria-live="polite" aria-label={label}>
      {text}
      {turn % 2 === 1 ? '\u00a0' : ''}
    </output>
  );
}
