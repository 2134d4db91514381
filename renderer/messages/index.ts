import { common } from './en/common.ts';
import { fill, type Message, type Parameters } from './translate.ts';

/** The catalogue: every text on screen, one file per feature. */
const en = { common } as const;

type Catalogue = typeof en;
/** `group.name` of every message. */
export type MessageKey = { [G in keyof Catalogue]: `${G & string}.${keyof Catalogue[G] & string}` }[keyof Catalogue];

/** The text of a message in the page's language, its parameters filled in. */
export function t(key: MessageKey, parameters: Parameters = {}): string {
  const [group, name] = key.split('.') as [keyof Catalogue, string];
  return fill((en[group] as Readonly<Record<string, Message>>)[name] ?? key, parameters);
}
