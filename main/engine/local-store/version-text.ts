import { joinVersion } from '../../../shared/versioning/version.ts';
import type { Shape } from './shape-table.ts';

/**
 * The canonical JSON of a version, put together from its stored bytes without parsing them: what is hashed is what is stored. `null` when the
 * body is not an array with as many values as the shape has keys.
 */
export function versionText(shape: Shape, body: string, type: string, id: string, salt: string | null): string | null {
  const fields = fieldsText(shape, body);
  return fields === null ? null : joinVersion(type, id, fields, salt);
}

/** The canonical JSON of the fields of a stored body. */
function fieldsText(shape: Shape, body: string): string | null {
  const { labels } = shape;
  const end = body.length - 1;
  if (end < 1 || body.charCodeAt(0) !== openBracket || body.charCodeAt(end) !== closeBracket) return null;
  if (labels.length === 0) return end === 1 ? '{}' : null;
  let text = '{';
  let field = 0;
  let start = 1;
  let depth = 0;
  for (let at = 1; at <= end; at++) {
    const code = body.charCodeAt(at);
    if (code === quoteMark) {
      at = endOfText(body, at);
      if (at < 0) return null;
    } else if ((code === comma && depth === 0) || at === end) {
      if (field >= labels.length || at === start) return null;
      text += (field > 0 ? ',' : '') + labels[field]! + body.slice(start, at);
      field++;
      start = at + 1;
    } else if (code === openBracket || code === openBrace) depth++;
    else if (code === closeBracket || code === closeBrace) depth--;
  }
  return field === labels.length && depth === 0 ? text + '}' : null;
}

/** Which field of a body a character belongs to; `null` for the brackets and commas between. */
export function fieldAt(shape: Shape, body: string, offset: number): string | null {
  let field = 0;
  let depth = 0;
  for (let at = 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    const begin = at;
    if (code === quoteMark) {
      at = endOfText(body, at);
      if (at < 0 || (begin <= offset && offset <= at)) return shape.keys[field] ?? null;
    } else if (code === comma && depth === 0) {
      if (at >= offset) return at === offset ? null : (shape.keys[field] ?? null);
      field++;
    } else if (code === openBracket || code === openBrace) depth++;
    else if (code === closeBracket || code === closeBrace) depth--;
    if (at >= offset) return shape.keys[field] ?? null;
  }
  return null;
}

const quoteMark = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The closing quote of a text that opens at an offset; -1 when it does not close. */
function endOfText(body: string, open: number): number {
  for (let at = body.indexOf('"', open + 1); at >= 0; at = body.indexOf('"', at + 1)) {
    let slashes = 0;
    while (body.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
