import { useRef, useState } from 'react';

/** A file as it goes to the engine. `picked` tells the same file picked twice apart. */
export interface PickedFile {
  readonly name: string;
  readonly base64: string;
  readonly picked: number;
}

export interface FilePick {
  /** Stands somewhere in the screen; it is never seen. */
  readonly input: React.JSX.Element;
  /** Opens the system's dialog. */
  readonly choose: () => void;
  /** For the element on which a file may be dropped: the mouse's twin of a button that calls `choose`, never the only way. */
  readonly dropZone: Pick<React.HTMLAttributes<HTMLElement>, 'onDragOver' | 'onDragLeave' | 'onDrop'>;
  /** A file hangs over the drop zone. */
  readonly over: boolean;
  /** Why the file was not taken. */
  readonly problem: string | null;
}

const largest = 40 * 1024 * 1024;

/** Takes a table (xlsx, csv and their kin) that is chosen or dropped; `tooLarge` says in words that it is too large. */
export function useFilePick({
  label,
  tooLarge,
  onPick,
}: {
  readonly label: string;
  readonly tooLarge: string;
  readonly onPick: (file: PickedFile) => void;
}): FilePick {
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const pick = (file: File | undefined): void => {
    if (file === undefined) return;
    setProblem(null);
    readPicked(file, tooLarge).then(onPick, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return {
    over,
    problem,
    choose: () => chooser.current?.click(),
    dropZone: {
      onDragOver: (event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault();
        setOver(false);
        pick(event.dataTransfer.files[0]);
      },
    },
    input: (
      <input
        ref={chooser}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        onChange={(event) => {
          pick(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    ),
  };
}

async function readPicked(file: File, tooLarge: string): Promise<PickedFile> {
  if (file.size > largest) throw new Error(tooLarge);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, base64: btoa(binary), picked: Date.now() };
}
