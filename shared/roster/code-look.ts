/** The two numbers that colour a code: where on the colour wheel (0 to 360) and how strongly (0 to 1). Light and dark are the stylesheet's. */
export interface CodeLook {
  readonly hue: number;
  readonly strength: number;
}

const neutral: CodeLook = { hue: 260, strength: 0.12 };
const quietCodes = new Set(['W', 'OFF', 'HOL', 'FED', 'LV', 'PC', '']);

/**
 * How a code is coloured: by the rotation's own colour where it has one, quietly for days off, and otherwise by its letters, so that it is
 * the same every day. Only hue and strength are taken over, so that text stays readable whatever colour somebody chose.
 */
export function codeLook(code: string, color: string | null): CodeLook {
  const own = color === null ? null : hexToLook(color);
  if (own !== null) return own;
  if (quietCodes.has(code)) return neutral;
  let hash = 0;
  for (const letter of code) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  // The golden angle keeps codes with similar letters apart.
  return { hue: Math.round((hash * 137.508) % 360), strength: 0.62 };
}

/** Reads `#rgb`, `#rrggbb` and `#rrggbbaa`; `null` for anything else. */
function hexToLook(color: string): CodeLook | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(color)?.[1];
  if (digits === undefined) return null;
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const [red, green, blue] = [0, 2, 4].map((at) => linear(Number.parseInt(full.slice(at, at + 2), 16) / 255));
  if (red === undefined || green === undefined || blue === undefined) return null;
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const chroma = Math.hypot(a, b);
  if (chroma < 0.015) return { hue: neutral.hue, strength: 0.1 };
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  // A pastel says as much about what was meant as a deep colour does.
  return { hue: Math.round((hue + 360) % 360), strength: Math.round(Math.min(1, 0.35 + chroma * 4) * 100) / 100 };
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
