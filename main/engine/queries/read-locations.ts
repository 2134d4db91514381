import type { RosterWindow } from '../../../shared/contract/app/roster.ts';
import { EntityId, type Instant } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { foldText } from '../../../shared/roster/fold-text.ts';
import type { WindowModel } from '../../../shared/roster/window.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { openSight, type Sight } from '../views/sight.ts';

export type Locations = NonNullable<RosterWindow['locations']>;

/** Whose eyes a window is looked at with, and as of when: the moment of the roster itself. */
export interface WindowView {
  readonly whole: StoreReader;
  readonly asker: string;
  readonly as: string;
  readonly at: Instant | undefined;
}

interface KnownClinic {
  readonly id: string;
  readonly name: string;
  readonly origin: 'own' | 'shared';
}

/**
 * The places that cells and rotations of a window name and that are clinics, as the asked view shows those. A place names a clinic by its id, its
 * 7 digits, or its shared name, without case and accents; a name that two clinics of the view share names neither.
 */
export function readLocations(model: WindowModel, place: Place, { whole, asker, as, at }: WindowView): Locations {
  const sight = openSight(whole, { asker, as, at });
  const texts = placesOf(model);
  if (texts.size === 0) return {};
  const clinics = nameClinics(whole, place, sight);
  const locations: Locations = {};
  for (const text of texts) {
    const clinic = clinics.get(text) ?? clinics.get(text.replaceAll(/[\s./-]/g, '')) ?? clinics.get(foldText(text));
    if (clinic == null) continue;
    Object.defineProperty(locations, text, {
      value: { clinic: EntityId.parse(clinic.id), name: clinic.name, origin: clinic.origin },
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return locations;
}

function placesOf({ cells, rotations }: WindowModel): ReadonlySet<string> {
  const texts = [
    ...cells.map(({ fields }) => textOf(fields, 'location')),
    ...rotations.map(({ fields }) => textOf(fields, 'clinicLocation')),
  ];
  return new Set(texts.filter((text) => text !== null && text.trim() !== '').map(String));
}

/** The clinics of a view by every word that names them; `null` for a word that could mean two. */
function nameClinics(whole: StoreReader, place: Place, sight: Sight): ReadonlyMap<string, KnownClinic | null> {
  const byWord = new Map<string, KnownClinic | null>();
  const add = (word: string | null, clinic: KnownClinic): void => {
    if (word === null || word === '') return;
    const standing = byWord.get(word);
    byWord.set(word, standing === undefined || standing?.id === clinic.id ? clinic : null);
  };
  const seenClinics = [...whole.entitiesAt('clinic', place)].flatMap((shared) => {
    const seen = sight.see(shared);
    return seen === null ? [] : [{ shared, seen }];
  });
  const toKnown = ({ shared, seen }: (typeof seenClinics)[number]): KnownClinic => ({
    id: shared.id,
    name: nameOf(seen.fields),
    origin: seen.originOf('name'),
  });
  // Names first: an id or the digits name one clinic whatever others are called.
  for (const found of seenClinics) add(foldText(nameOf(found.shared.fields)), toKnown(found));
  for (const found of seenClinics) {
    const clinic = toKnown(found);
    for (const word of [found.shared.id, textOf(found.shared.fields, 'cns')]) if (word !== null) byWord.set(word, clinic);
  }
  return byWord;
}

function nameOf(fields: Fields): string {
  return textOf(fields, 'name') ?? '';
}
