/** Keeps the scroll positions of several elements equal in both axes. */
export interface ScrollLink {
  join(element: HTMLElement): () => void;
  scrollTo(position: { readonly left?: number; readonly top?: number }): void;
  subscribe(listener: (position: { readonly left: number; readonly top: number }) => void): () => void;
}

/** Makes a link for two or more grids; each joins with its scrolling element. */
export function createScrollLink(): ScrollLink {
  const members = new Set<HTMLElement>();
  const listeners = new Set<(position: { readonly left: number; readonly top: number }) => void>();
  let left = 0;
  let top = 0;
  const settle = (): void => {
    // Setting an equal position fires no scroll event, so members cannot chase each other.
    for (const member of members) {
      if (member.scrollLeft !== left) member.scrollLeft = left;
      if (member.scrollTop !== top) member.scrollTop = top;
    }
    for (const listener of listeners) listener({ left, top });
  };
  return {
    join(element) {
      const onScroll = (): void => {
        if (element.scrollLeft === left && element.scrollTop === top) return;
        left = element.scrollLeft;
        top = element.scrollTop;
        settle();
      };
      members.add(element);
      element.scrollLeft = left;
      element.scrollTop = top;
      element.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        element.removeEventListener('scroll', onScroll);
        members.delete(element);
      };
    },
    scrollTo(position) {
      left = position.left ?? left;
      top = position.top ?? top;
      settle();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
