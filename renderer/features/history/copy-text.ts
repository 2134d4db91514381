import { announce } from '../../ui/announcer.tsx';
import { t } from '../../messages/index.ts';

/** Puts text on the clipboard and says so; where the system refuses, says that. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(t('history.copied'));
  } catch {
    announce(t('history.copyFailed'));
  }
}
