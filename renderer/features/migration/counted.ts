import { t, type MessageKey } from '../../messages/index.ts';
import { numberText } from '../../ui/format.ts';

/** A number of things in words, its thousands set apart: `1 739 links`. */
export function counted(key: MessageKey, count: number): string {
  return t(key, { count, number: numberText(count) });
}
