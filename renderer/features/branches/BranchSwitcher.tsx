import { Button, Combobox, ScrollArea, Text, useCombobox } from '@mantine/core';
import { IconChevronDown, IconGitBranch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { useViewingReason } from '../../position/viewed.ts';
import { announce } from '../../ui/announcer.tsx';
import { useCommands, type Command } from '../../ui/commands.ts';
import { shortInstantText } from '../../ui/format.ts';
import { NewBranchDialog } from './NewBranchDialog.tsx';
import { useBranches } from './useBranches.ts';
import classes from './BranchSwitcher.module.css';

const newBranch = '\u0000new';

/** Which branch is shown, and the way to another one. Every edit is a version already, so switching never asks. */
export function BranchSwitcher(): React.JSX.Element {
  const current = usePosition((state) => state.branch);
  const branches = useBranches();
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const viewing = useViewingReason();
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'branch.switch', title: t('branches.switch'), section: 'branch', keys: ['Mod+B'], run: () => combobox.openDropdown() },
      {
        id: 'branch.create',
        title: t('branches.create'),
        section: 'branch',
        keys: ['Mod+Shift+B'],
        disabledReason: viewing,
        run: () => setCreating(true),
      },
    ],
    // The combobox's verbs are stable although the object is new at every render.
    // oxlint-disable-next-line react/exhaustive-deps
    [viewing],
  );
  useCommands(commands);
  const found = (branches.data ?? []).filter((branch) => branch.name.toLowerCase().includes(search.trim().toLowerCase()));
  // Typing a name and Enter is enough: the first that is found is the one meant.
  useEffect(() => {
    if (search.trim() !== '') combobox.selectFirstOption();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [search, found.length]);
  const choose = (value: string): void => {
    combobox.closeDropdown();
    combobox.focusTarget();
    if (value === newBranch) setCreating(true);
    else position.getState().go({ branch: value, moment: { kind: 'now' } });
  };
  return (
    <>
      <Combobox store={combobox} width={320} position="bottom-start" onOptionSubmit={choose} shadow="md">
        <Combobox.Target>
          <Button
            variant="default"
            size="compact-sm"
            className={classes['button'] ?? ''}
            leftSection={<IconGitBranch size={15} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
            onClick={() => combobox.toggleDropdown()}
            aria-label={t('branches.switcher', { name: current })}
          >
            {current}
          </Button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder={t('branches.search')}
            aria-label={t('branches.search')}
          />
          <Combobox.Options>
            <ScrollArea.Autosize mah={320}>
              {found.length === 0 && <Combobox.Empty>{t('branches.noneFound')}</Combobox.Empty>}
              {found.map((branch) => (
                <Combobox.Option value={branch.name} key={branch.name} active={branch.name === current}>
                  <span className={classes['option']} data-current={branch.name === current || undefined}>
                    <span className={classes['name']}>{branch.name}</span>
                    <Text size="xs" c="dimmed" span>
                      {branch.createdByName}
                      {branch.latestActivity ? ` · ${shortInstantText(branch.latestActivity)}` : ''}
                    </Text>
                  </span>
                </Combobox.Option>
              ))}
            </ScrollArea.Autosize>
          </Combobox.Options>
          <Combobox.Footer>
            <Button
              variant="subtle"
              size="compact-sm"
              fullWidth
              aria-disabled={viewing !== null || undefined}
              {...(viewing !== null && { 'data-disabled': true, title: viewing })}
              onClick={() => (viewing === null ? choose(newBranch) : announce(viewing))}
            >
              {t('branches.create')}
            </Button>
          </Combobox.Footer>
        </Combobox.Dropdown>
      </Combobox>
      <NewBranchDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}
