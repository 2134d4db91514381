import type { RosterWindow } from '../../../shared/contract/app/roster.ts';
import { EntityId, type Instant } from '../../../shared/ids.ts';
import { clinicsByPlace } from '../../../shared/roster/clinic-places.ts';
import { textOf } from '../../../shared/roster/field.ts';
import type { WindowModel } from '../../../shared/roster/window.ts';
import type { Origin } from '../../../shared/versioning/overlay.ts';
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
  readonly origin: Origin;
}

/**
 * The places that cells and rotations of a window name and that are clinics (`clinicsByPlace`), as the asked view shows those.
 */
export function readLocations(model: WindowModel, place: Place, { whole, asker, as, at }: WindowView): Locations {
  const sight = openSight(whole, { asker, as, at });
  const texts = placesOf(model);
  if (texts.size === 0) return {};
  const clinicOf = findClinics(whole, place, sight);
  const locations: Locations = {};
  for (const text of texts) {
    const clinic = clinicOf(text);
    if (clinic === null) continue;
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

/** Which clinic of a view a place names. */
function findClinics(whole: StoreReader, place: Place, sight: Sight): (place: string) => KnownClinic | null {
  const seen = [...whole.entitiesAt('clinic', place)].flatMap((shared) => sight.see(shared) ?? []);
  return clinicsByPlace(
    seen.map(({ shared: { id, fields: shared }, fields, originOf }) => ({
      id,
      digits: textOf(shared, 'cns'),
      sharedName: textOf(shared, 'name'),
      clinic: { id, name: textOf(fields, 'name') ?? '', origin: originOf('name') },
    })),
  );
}
