import { codeLook } from '../../../shared/roster/code-look.ts';

/** Background and text of a code on paper, as six hex digits each. */
export interface CodeColours {
  readonly fill: string;
  readonly text: string;
}

// The lightness and strength of the light page (`renderer/features/roster/roster.module.css`).
const background = { lightness: 0.935, chroma: 0.07 } as const;
const foreground = { lightness: 0.37, chroma: 0.11 } as const;

/** The colours in which the screen shows a code in light. */
export function codeColours(code: string, color: string | null): CodeColours {
  const { hue, strength } = codeLook(code, color);
  return {
    fill: toHex(background.lightness, background.chroma * strength, hue),
    text: toHex(foreground.lightness, foreground.chroma * strength, hue),
  };
}

/** An OKLCH colour as six hex digits of sRGB; what the screen cannot show is cut. */
function toHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
    .map((channel) => toByte(channel).toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}

function toByte(linear: number): number {
  const channel = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, channel)) * 255);
}
