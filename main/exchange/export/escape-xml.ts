// Control characters but tab and line feed, halves of pairs, and what is no character; and what would be read as such an escape.
const outside = /[[\p{Cc}\p{Cs}\ufffe\uffff]--[\t\n]]|_(?=x[0-9A-Fa-f]{4}_)/gv;
const noXml = /[[\p{Cc}\p{Cs}\ufffe\uffff]--[\t\n]]/gv;

/** A text as it stands in a cell: characters that XML cannot hold become `_x000D_`, which Excel and our reader turn back. */
export function escapeCell(text: string): string {
  return escapeXml(text.replace(outside, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`));
}

/** A text in an element or an attribute. Characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text.replace(noXml, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
