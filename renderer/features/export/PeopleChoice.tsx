import { MultiSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { momentParameter, type ShownMoment } from '../../position/position.ts';
import { useSelection } from '../../position/selection.ts';

/** Everybody, or some people by name. Begins with the person whose row is selected. */
export function PeopleChoice({
  branch,
  moment,
  chosen,
  onChoose,
}: {
  readonly branch: string;
  readonly moment: ShownMoment;
  readonly chosen: readonly string[] | null;
  readonly onChoose: (people: readonly string[] | null) => void;
}): React.JSX.Element {
  const { query } = useEngine();
  const [now] = useState(() => new Date().toISOString());
  const selected = useSelection((state) => state.focus?.personId ?? null);
  const people = useQuery({
    ...query.versions.allAt.queryOptions({
      input: { type: 'person', branch, at: momentParameter(moment) ?? now, limit: 5_000 },
    }),
    enabled: chosen !== null,
    gcTime: 0,
  });
  const names = (people.data?.items ?? []).map(({ id, fields }) => ({
    value: id as string,
    label: typeof fields['name'] === 'string' ? fields['name'] : id,
  }));
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('exportFile.who')}
        value={chosen === null ? 'all' : 'chosen'}
        data={[
          { value: 'all', label: t('exportFile.whoAll') },
          { value: 'chosen', label: t('exportFile.whoChosen') },
        ]}
        onChange={(value) => onChoose(value === 'all' ? null : selected === null ? [] : [selected])}
      />
      {chosen !== null && (
        <MultiSelect
          size="xs"
          flex={1}
          miw={200}
          aria-label={t('exportFile.whoChosen')}
          placeholder={chosen.length === 0 ? t('exportFile.whoPlaceholder') : ''}
          nothingFoundMessage={t('exportFile.whoNone')}
          searchable
          limit={100}
          data={names.toSorted((a, b) => a.label.localeCompare(b.label))}
          value={[...chosen]}
          onChange={onChoose}
        />
      )}
    </>
  );
}
