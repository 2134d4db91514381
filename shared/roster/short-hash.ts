/** Sixteen hex digits that tell texts apart (FNV-1a, 64 bits): for ids that must come out the same again. It keeps nothing secret. */
export function shortHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
