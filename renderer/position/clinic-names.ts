import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SeenRecord } from '../../shared/contract/app/views.ts';
import type { Json } from '../../shared/json.ts';
import { clinicsByPlace } from '../../shared/roster/clinic-places.ts';
import { textOf } from '../../shared/roster/field.ts';
import { useEngine } from '../client/engine.ts';
import { useViewed } from './viewed.ts';

/** A place of the roster that is a clinic, called as the view on screen calls it. */
export interface NamedPlace {
  readonly name: string;
  /** The name is the view's own and not the shared one. */
  readonly isOwn: boolean;
}

/** The clinic that a place names; `null` for a place that is none. */
export type NamePlace = (place: Json | undefined) => NamedPlace | null;

const nowhere: NamePlace = () => null;

/** How the view on screen calls the places of the roster that are clinics. The same function as long as nothing changed. */
export function useClinicNames(): NamePlace {
  const { query } = useEngine();
  const { input } = useViewed();
  // While scrubbing, the grid goes first; the names follow when the thumb rests.
  const [{ branch, at, view }] = useDebouncedValue(input, 150, { leading: true });
  const clinics = useQuery(
    query.views.search.queryOptions({
      input: { type: 'clinic', branch, ...(at !== undefined && { at }), ...(view !== undefined && { view }), limit: 10_000 },
      placeholderData: keepPreviousData,
    }),
  ).data?.items;
  return useMemo(() => (clinics === undefined || clinics.length === 0 ? nowhere : nameByClinics(clinics)), [clinics]);
}

/** Makes the function from the clinics that are seen. */
export function nameByClinics(clinics: readonly SeenRecord[]): NamePlace {
  const clinicOf = clinicsByPlace(
    clinics.map(({ id, identifier, shared, title, origins }) => ({
      id,
      digits: identifier,
      sharedName: textOf(shared.fields, 'name'),
      clinic: { name: title, isOwn: origins['name'] === 'own' },
    })),
  );
  return (place) => (typeof place === 'string' ? clinicOf(place) : null);
}
