/** Parts of one thing, one of which is shown in `<group>-panel`. The arrow keys walk through them. */
export function Tabs<Part extends string>({
  group,
  label,
  parts,
  shown,
  onShow,
  look,
  children,
}: {
  /** Names the tabs and their panel in the document. */
  readonly group: string;
  readonly label: string;
  readonly parts: readonly Part[];
  readonly shown: Part;
  readonly onShow: (part: Part) => void;
  /** The classes of the row and of one tab. */
  readonly look: { readonly tabs?: string | undefined; readonly tab?: string | undefined };
  /** What a tab says. */
  readonly children: (part: Part) => React.ReactNode;
}): React.JSX.Element {
  return (
    <div className={look.tabs} role="tablist" aria-label={label}>
      {parts.map((part, index) => (
        <button
          key={part}
          type="button"
          role="tab"
          id={`${group}-tab-${part}`}
          aria-selected={shown === part}
          aria-controls={`${group}-panel`}
          tabIndex={shown === part ? 0 : -1}
          className={look.tab}
          onClick={() => onShow(part)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
            const next = parts[(index + step + parts.length) % parts.length];
            if (step === 0 || !next || event.altKey) return;
            event.preventDefault();
            onShow(next);
            document.getElementById(`${group}-tab-${next}`)?.focus();
          }}
        >
          {children(part)}
        </button>
      ))}
    </div>
  );
}
