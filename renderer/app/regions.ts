const regionSelector = '[data-region], nav, main, aside';
const focusableSelector =
  'button:not([disabled]), a[href], input:not([disabled]), select, textarea, [tabindex="0"], [role="slider"][tabindex]';

/** Moves the focus to the next part of the window (`F6`), into the place of it that Tab would reach first. */
export function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(regionSelector)].filter((region) => stopOf(region) !== null);
  const here = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + step + regions.length) % regions.length];
  if (next) stopOf(next)?.focus();
}

function stopOf(region: HTMLElement): HTMLElement | null {
  // The grid is one stop and is what people want of the main part.
  return (
    region.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]') ??
    [...region.querySelectorAll<HTMLElement>(focusableSelector)].find(
      (element) => element.offsetParent !== null && element.tabIndex >= 0,
    ) ??
    null
  );
}
