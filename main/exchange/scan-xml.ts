import { limits } from './limits.ts';

/** What a scan reports, in the order of the document. Names come without their namespace prefix. */
export interface XmlHandler {
  /** `attribute` gives the decoded value of an attribute, or `null`. */
  open?(name: string, attribute: (name: string) => string | null): void;
  /** Text between tags, decoded. May come in several pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

/** XML that is not read: not well formed, or with something that workbooks never have and attackers like. */
export class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
  readonly unsafe: boolean;
  constructor(unsafe: boolean, message: string) {
    super(message);
    this.unsafe = unsafe;
  }
}

/**
 * Reads the strict subset of XML that workbooks are written in, in one pass without looking back: elements, attributes, text, CDATA,
 * comments. No document type, no entities but the five and numbers. Throws `XmlProblem` on anything else.
 */
export function scanXml(source: string, handler: XmlHandler): void {
  const names: string[] = [];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < source.length) {
    const tag = source.indexOf('<', at);
    if (tag < 0) {
      if (names.length > 0 || source.slice(at).trim() !== '') throw malformed('it ends in the middle');
      return;
    }
    if (tag > at && names.length > 0) {
      const text = decodeXml(source.slice(at, tag));
      handler.text?.(text);
    }
    at = scanTag(source, tag, names, handler);
  }
  if (names.length > 0) throw malformed('it ends in the middle');
}

function scanTag(source: string, tag: number, names: string[], handler: XmlHandler): number {
  if (source.startsWith('<?', tag)) return after(source, '?>', tag);
  if (source.startsWith('<!--', tag)) return after(source, '-->', tag + 4);
  if (source.startsWith('<![CDATA[', tag)) {
    const end = after(source, ']]>', tag + 9);
    handler.text?.(source.slice(tag + 9, end - 3));
    return end;
  }
  if (source.startsWith('<!', tag)) throw new XmlProblem(true, 'it declares a document type');
  const end = endOfTag(source, tag);
  if (source.charCodeAt(tag + 1) === 47 /* / */) {
    const name = localName(source.slice(tag + 2, end).trim());
    if (names.pop() !== name) throw malformed(`“${name.slice(0, 40)}” is closed where it is not open`);
    handler.close?.(name);
    return end + 1;
  }
  const empty = source.charCodeAt(end - 1) === 47;
  const inside = source.slice(tag + 1, empty ? end - 1 : end);
  const space = inside.search(/\s/);
  const name = localName(space < 0 ? inside : inside.slice(0, space));
  if (name === '') throw malformed('a tag has no name');
  const attributes = space < 0 ? '' : inside.slice(space);
  handler.open?.(name, (wanted) => readAttribute(attributes, wanted));
  if (empty) handler.close?.(name);
  else {
    names.push(name);
    if (names.length > limits.xmlDepth) throw new XmlProblem(true, 'its parts are nested too deeply');
  }
  return end + 1;
}

function after(source: string, ending: string, from: number): number {
  const at = source.indexOf(ending, from);
  if (at < 0) throw malformed('it ends in the middle');
  return at + ending.length;
}

/** A `>` inside a quoted attribute does not end the tag. */
function endOfTag(source: string, tag: number): number {
  for (let at = tag + 1; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 62 /* > */) return at;
    if (code === 34 || code === 39 /* quotes */) {
      at = source.indexOf(source[at] ?? '"', at + 1);
      if (at < 0) break;
    }
  }
  throw malformed('it ends in the middle');
}

function readAttribute(attributes: string, wanted: string): string | null {
  // By hand and in one pass: a pattern would look at a megabyte without `=` once from each of its characters.
  let at = 0;
  for (;;) {
    const equals = attributes.indexOf('=', at);
    if (equals < 0) return null;
    const name = attributes.slice(at, equals).trim();
    const open = skipBlanks(attributes, equals + 1);
    const quote = attributes[open];
    if (quote !== '"' && quote !== "'") throw malformed('an attribute has no quotes');
    const close = attributes.indexOf(quote, open + 1);
    if (close < 0) throw malformed('an attribute does not end');
    if (name === wanted || (name.length > wanted.length && localName(name) === wanted)) return decodeXml(attributes.slice(open + 1, close));
    at = close + 1;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const known = entities.get(name);
    if (known !== undefined && whole.endsWith(';')) return known;
    const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const point = number === null ? Number.NaN : Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16);
    if (Number.isNaN(point) || point > 0x10ffff) throw new XmlProblem(true, 'it uses an entity of its own');
    return String.fromCodePoint(point);
  });
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

const malformed = (message: string) => new XmlProblem(false, message);
