import { foldText } from './fold-text.ts';

/** A clinic as places of the roster may name it, and what stands for it where one does. */
export interface PlacedClinic<Clinic> {
  readonly id: string;
  /** Its 7 digits. */
  readonly digits: string | null;
  /** The name that everybody shares. */
  readonly sharedName: string | null;
  readonly clinic: Clinic;
}

/**
 * Which clinic a place of the roster names: by its id, its 7 digits, or its shared name, without case and accents. A name that two clinics share
 * names neither; an id or the digits name one clinic whatever others are called.
 */
export function clinicsByPlace<Clinic>(clinics: readonly PlacedClinic<Clinic>[]): (place: string) => Clinic | null {
  const byWord = new Map<string, Clinic | null>();
  for (const { sharedName, clinic } of clinics) {
    const word = foldText(sharedName ?? '');
    if (word !== '') byWord.set(word, byWord.has(word) ? null : clinic);
  }
  for (const { id, digits, clinic } of clinics) for (const word of [id, digits]) if (word !== null) byWord.set(word, clinic);
  return (place) =>
    place.trim() === '' ? null : (byWord.get(place) ?? byWord.get(place.replaceAll(/[\s./-]/g, '')) ?? byWord.get(foldText(place)) ?? null);
}
