import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { useViewed } from '../../position/viewed.ts';
import type { PaletteItem } from './usePaletteItems.ts';

const most = 5;

/** The clinics and patients that the view on screen shows under what was typed, by name or identifier. */
export function useRecordItems(text: string): readonly PaletteItem[] {
  const clinics = useFound('clinic', text);
  const patients = useFound('patient', text);
  return useMemo(
    () => [
      ...clinics.map((record) => itemOf('clinics', t('palette.sectionClinics'), record)),
      ...patients.map((record) => itemOf('patients', t('palette.sectionPatients'), record)),
    ],
    [clinics, patients],
  );
}

const none: readonly SeenRecord[] = [];

function useFound(type: 'clinic' | 'patient', text: string): readonly SeenRecord[] {
  const { query } = useEngine();
  const { input } = useViewed();
  const found = useQuery({
    ...query.views.search.queryOptions({ input: { type, text, ...input, mask: true, limit: most }, placeholderData: keepPreviousData }),
    enabled: text !== '',
  });
  return text === '' ? none : (found.data?.items ?? none);
}

function itemOf(screen: 'clinics' | 'patients', section: string, { id, title, identifier }: SeenRecord): PaletteItem {
  return {
    key: `${screen} ${id}`,
    section,
    title,
    detail: identifier,
    run: () => position.getState().go({ place: { screen, record: id, part: 'form' } }),
  };
}
