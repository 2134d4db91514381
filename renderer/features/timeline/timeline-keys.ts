/** What a key does while the slider has the focus. */
export type TimelineAction =
  | { readonly kind: 'step'; readonly direction: -1 | 1 }
  | { readonly kind: 'day'; readonly direction: -1 | 1 }
  | { readonly kind: 'tag'; readonly direction: -1 | 1 }
  | { readonly kind: 'first' | 'now' | 'pause' | 'playOrPause' | 'compare' | 'tagHere' | 'typeDate' | 'zoomIn' | 'zoomOut' | 'zoomAll' }
  | { readonly kind: 'play'; readonly direction: -1 | 1 }
  | { readonly kind: 'pin'; readonly side: 'from' | 'to' };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const plain: Readonly<Record<string, TimelineAction>> = {
  arrowleft: { kind: 'step', direction: -1 },
  arrowdown: { kind: 'step', direction: -1 },
  ',': { kind: 'step', direction: -1 },
  arrowright: { kind: 'step', direction: 1 },
  arrowup: { kind: 'step', direction: 1 },
  '.': { kind: 'step', direction: 1 },
  pageup: { kind: 'day', direction: -1 },
  pagedown: { kind: 'day', direction: 1 },
  home: { kind: 'first' },
  end: { kind: 'now' },
  escape: { kind: 'now' },
  j: { kind: 'play', direction: -1 },
  k: { kind: 'pause' },
  l: { kind: 'play', direction: 1 },
  ' ': { kind: 'playOrPause' },
  i: { kind: 'pin', side: 'from' },
  o: { kind: 'pin', side: 'to' },
  enter: { kind: 'compare' },
  '+': { kind: 'zoomIn' },
  '=': { kind: 'zoomIn' },
  '-': { kind: 'zoomOut' },
  '0': { kind: 'zoomAll' },
  t: { kind: 'tagHere' },
  g: { kind: 'typeDate' },
};

/** The action of a key press, or `null` when the slider has no use for it. Alt belongs to the window, Ctrl+Z to the data. */
export function timelineActionOf(event: Pressed): TimelineAction | null {
  if (event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'arrowleft' || key === 'arrowright') return { kind: 'tag', direction: key === 'arrowleft' ? -1 : 1 };
    return key === 'end' && event.shiftKey ? { kind: 'now' } : null;
  }
  if (event.shiftKey && key !== '+') return null;
  return plain[key] ?? null;
}
