/** A text, or the forms of a text that counts; `{name}` stands for a parameter, `{count}` chooses the form. */
export type Message = string | { readonly one: string; readonly other: string };
export type Parameters = Readonly<Record<string, string | number>>;

const plural = new Intl.PluralRules('en');

/** Fills a message. A parameter that is missing is a bug and shows as `{name}`. */
export function fill(message: Message, parameters: Parameters): string {
  const text = typeof message === 'string' ? message : message[plural.select(Number(parameters['count'])) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in parameters ? String(parameters[name]) : whole));
}
