import { quote } from '../../shared/errors.ts';
import { limits } from './limits.ts';
import { trimText, type Cell } from './sheet.ts';

export type CodeReading =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'empty' }
  /** `why` continues a sentence that begins with the name of the cell. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** The code of a half day exactly as the file has it, without the blanks around it. A formula counts by the result stored with it. */
export function readCode(cell: Cell | undefined): CodeReading {
  if (cell === undefined) return { kind: 'empty' };
  switch (cell.kind) {
    case 'unknown':
      return { kind: 'unreadable', why: 'is a formula without a stored result' };
    case 'error':
      return { kind: 'unreadable', why: `shows the error ${quote(cell.text)}` };
    case 'date':
      // Excel makes a date of codes such as 1/2; nobody can tell which code it was.
      return { kind: 'unreadable', why: `holds the date ${cell.text}` };
    case 'boolean':
    case 'number':
    case 'text': {
      const code = trimText(cell.text);
      if (code === '') return { kind: 'empty' };
      if (code.length > limits.codeLength) return { kind: 'unreadable', why: `holds a text of ${code.length} characters` };
      if (!code.isWellFormed() || hasControls(code)) return { kind: 'unreadable', why: 'holds characters that cannot be shown' };
      return { kind: 'code', code };
    }
  }
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 10 && code !== 9 && code !== 13) || code === 127) return true;
  }
  return false;
}
