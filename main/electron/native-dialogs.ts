import { dialog } from 'electron';

/** Says that Rosterline has to end, and why. Works before there is a window. */
export function tellThatItEnds(sentence: string): void {
  dialog.showErrorBox('Rosterline has to close', `${sentence}\n\nEverything that was saved is kept.`);
}
