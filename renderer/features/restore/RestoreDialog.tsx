import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Modal } from '@mantine/core';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { usePosition, type ShownMoment } from '../../position/position.ts';
import { useViewingReason } from '../../position/viewed.ts';
import { useSelection } from '../../position/selection.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { EntityId } from '../../../shared/ids.ts';
import { RestoreForm } from './RestoreForm.tsx';
import { scopeChoices } from './scope.ts';

/** “Bring back how it was”: offered while a moment of the past is on screen. Mounted once; opened by the command `restore.open`. */
export function RestoreDialog(): React.JSX.Element {
  const moment = usePosition((state) => state.moment);
  const branch = usePosition((state) => state.branch);
  const viewing = useViewingReason();
  const [opened, setOpened] = useState<Extract<ShownMoment, { kind: 'commit' }> | null>(null);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'restore.open',
        title: t('restore.open'),
        section: 'edit',
        words: 'restore rollback revert undo past',
        disabledReason: viewing ?? (moment.kind === 'now' ? t('restore.needsPast') : null),
        run: () => {
          if (moment.kind === 'commit') setOpened(moment);
        },
      },
    ],
    [moment, viewing],
  );
  useCommands(commands);
  return (
    <Modal opened={opened !== null} onClose={() => setOpened(null)} title={t('restore.title')} size="lg">
      {opened !== null && <Choices branch={branch} moment={opened} onClose={() => setOpened(null)} />}
    </Modal>
  );
}

function Choices({
  branch,
  moment,
  onClose,
}: {
  readonly branch: string;
  readonly moment: Extract<ShownMoment, { kind: 'commit' }>;
  readonly onClose: () => void;
}): React.JSX.Element {
  const { query } = useEngine();
  const selected = useSelection((state) => state.focus);
  const days = usePosition((state) => state.days);
  const choices = useMemo(() => scopeChoices(selected, days), [selected, days]);
  const person = useQuery({
    ...query.versions.at.queryOptions({
      input: { type: 'person', id: EntityId.parse(selected?.personId ?? 'nobody'), branch, at: moment.commit },
    }),
    enabled: selected !== null,
  });
  const name = person.data?.fields['name'];
  return (
    <RestoreForm branch={branch} moment={moment} choices={choices} personName={typeof name === 'string' ? name : ''} onClose={onClose} />
  );
}
