import type { EntityChange } from '../../../shared/contract/app/base.ts';

const glyph = { added: '+', removed: '-', changed: '~' } as const;

/** One line a difference, to paste into a mail: `~ Lima, A, Wed 2026-08-05 AM: Clinic A → ICU (Bruno, cover for Souza)`. */
export function differencesAsText(items: readonly EntityChange[]): readonly string[] {
  return items.map((item) => {
    const what =
      item.kind === 'changed'
        ? item.fields.map((field) => `${field.label} ${field.oldText || '–'} → ${field.newText || '–'}`).join('; ')
        : item.text;
    const who = [item.authorName, item.reason ?? item.message].filter(Boolean).join(', ');
    return `${glyph[item.kind]} ${item.title}: ${what}${who ? ` (${who})` : ''}`;
  });
}
