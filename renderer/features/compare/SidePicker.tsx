import { Button, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Side } from '../../../shared/contract/app/diff.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { currentZone, shortInstantText } from '../../ui/format.ts';
import { parseMoment } from '../../ui/parse-moment.ts';
import classes from './CompareScreen.module.css';

/** Chooses one side of a comparison: a branch as it is now, a tag, or any moment of the branch on screen. */
export function SidePicker({
  letter,
  label,
  onChoose,
}: {
  readonly letter: string;
  readonly label: string;
  readonly onChoose: (side: Side) => void;
}): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={340} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" size="compact-md" onClick={() => setOpened(!opened)}>
          <span className="visually-hidden">{t('compare.chooseSide')}</span>
          <span className={classes['letter']} data-side={letter}>
            {letter}
          </span>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <Choices
            onChoose={(side) => {
              setOpened(false);
              onChoose(side);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ onChoose }: { readonly onChoose: (side: Side) => void }): React.JSX.Element {
  const { call, query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const branches = useQuery(query.branches.list.queryOptions({ input: { limit: 1_000 } }));
  const tags = useQuery({ ...query.notes.list.queryOptions({ input: { kind: 'tag', limit: 1_000 } }), staleTime: 0 });
  const [search, setSearch] = useState('');
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const matches = (text: string): boolean => text.toLowerCase().includes(search.trim().toLowerCase());
  const goToTime = (): void => {
    const read = parseMoment(typed, { now: Date.now(), zone: currentZone() });
    if (read.kind === 'refused') {
      setProblem(t('compare.pickTimeUnreadable', { text: typed.trim().slice(0, 60) }));
      return;
    }
    if (read.kind === 'now') {
      onChoose(branch);
      return;
    }
    call.commits.at({ branch, at: read.at }).then(
      (found) => (found ? onChoose({ branch, at: found.commit }) : setProblem(t('compare.pickTimeBefore', { branch }))),
      (error: unknown) => setProblem(problemOf(error).message),
    );
  };
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        placeholder={t('compare.pickSearch')}
        aria-label={t('compare.pickSearch')}
        data-autofocus
      />
      <ScrollArea.Autosize mah={260}>
        <Text size="xs" c="dimmed">
          {t('compare.pickBranches')}
        </Text>
        {branches.data?.items
          .filter(({ name }) => matches(name))
          .map(({ name }) => (
            <Button key={name} variant="subtle" size="compact-sm" justify="start" fullWidth onClick={() => onChoose(name)}>
              {t('compare.pickBranchNow', { name })}
            </Button>
          ))}
        {(tags.data?.items.length ?? 0) > 0 && (
          <Text size="xs" c="dimmed" mt={6}>
            {t('compare.pickTags')}
          </Text>
        )}
        {tags.data?.items
          .filter((tag) => tag.type === null && matches(tag.text))
          .map((tag) => (
            <Button key={tag.note} variant="subtle" size="compact-sm" justify="start" fullWidth onClick={() => onChoose(tag.text)}>
              {tag.text} · {shortInstantText(tag.at)}
            </Button>
          ))}
      </ScrollArea.Autosize>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goToTime();
        }}
      >
        <TextInput
          size="xs"
          label={t('compare.pickTime', { branch })}
          placeholder={t('compare.pickTimeLabel')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
        />
      </form>
    </Stack>
  );
}
