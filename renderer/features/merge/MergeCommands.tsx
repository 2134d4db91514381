import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { useViewingReason } from '../../position/viewed.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { openMerge, openPreview } from './useFinish.ts';
import { useOpenMerges } from './useMergeSession.ts';

/** Merging from everywhere: the choice of the two branches, and the merges in progress. Mounted once by the window. */
export function MergeCommands(): React.JSX.Element {
  const [choosing, setChoosing] = useState(false);
  const open = useOpenMerges().data?.items;
  const disabledReason = useViewingReason();
  useCommands(
    useMemo<readonly Command[]>(
      () => [
        {
          id: 'branch.merge',
          title: t('merge.command'),
          section: 'branch',
          keys: ['Mod+Shift+M'],
          words: t('merge.commandWords'),
          disabledReason,
          run: () => setChoosing(true),
        },
        ...(open ?? []).map((merge): Command => ({
          id: `merge.resume.${merge.merge}`,
          title: t('merge.resumeOf', { source: merge.source, target: merge.target }),
          section: 'branch',
          run: () => openMerge(merge.merge),
        })),
      ],
      [open, disabledReason],
    ),
  );
  return (
    <Modal opened={choosing} onClose={() => setChoosing(false)} title={t('merge.chooseTitle')}>
      {choosing && <ChooseBranches onClose={() => setChoosing(false)} />}
    </Modal>
  );
}

function ChooseBranches({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { query } = useEngine();
  const shown = usePosition((state) => state.branch);
  const branches = useQuery({
    ...query.branches.list.queryOptions({ input: { forecast: false, limit: 1_000 } }),
    select: ({ items }) => items,
  });
  const names = (branches.data ?? []).map(({ name }) => name);
  const parent = branches.data?.find(({ name }) => name === shown)?.parent ?? null;
  const [source, setSource] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const into = target ?? (parent !== null && names.includes(parent) ? parent : shown);
  const from = source ?? (into === shown ? (names.find((name) => name !== shown) ?? null) : shown);
  if (branches.data && names.length < 2) return <Text size="sm">{t('merge.onlyMain')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (from === null || from === into) return;
        onClose();
        openPreview(from, into);
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('merge.chooseExplain')}
        </Text>
        <Select
          label={t('merge.chooseSource')}
          data={names}
          value={from}
          onChange={setSource}
          searchable
          data-autofocus
          allowDeselect={false}
        />
        <Select
          label={t('merge.chooseTarget')}
          data={names}
          value={into}
          onChange={setTarget}
          searchable
          allowDeselect={false}
          error={from === into ? t('merge.chooseSame') : null}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={from === null || from === into}>
            {t('merge.chooseAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
