import { Button, Text, Title } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { useFilePick, type PickedFile } from '../../ui/use-file-pick.tsx';
import { ImportReview } from './ImportReview.tsx';
import classes from './ImportScreen.module.css';

/** Import of a wide rota: pick a file, answer what it leaves open, look at what would change, import it as one commit. */
export function ImportScreen(): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const [file, setFile] = useState<PickedFile | null>(null);
  const chosen = useFilePick({ label: t('importRota.choose'), tooLarge: t('importRota.tooLarge'), onPick: setFile });
  return (
    // Dropping is the mouse's twin of the button inside: nothing is offered by dropping alone.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className={classes['screen']} aria-labelledby="import-title" {...chosen.dropZone}>
      <header className={classes['head']}>
        <Title order={1} size="h3" id="import-title">
          {t('importRota.screen')}
        </Title>
        <Text c="dimmed">{t('importRota.into', { branch })}</Text>
      </header>
      {chosen.input}
      {file === null ? (
        <div className={classes['drop']} data-over={chosen.over || undefined}>
          <IconFileSpreadsheet size={40} stroke={1.3} aria-hidden />
          <Text maw="52ch" ta="center" c="dimmed">
            {t('importRota.explain')}
          </Text>
          <Button onClick={chosen.choose}>{t('importRota.choose')}</Button>
          <Text size="sm" c="dimmed">
            {t('importRota.drop')}
          </Text>
        </div>
      ) : (
        <ImportReview key={file.picked} file={file} branch={branch} onAnother={chosen.choose} />
      )}
      {chosen.problem !== null && (
        <Text c="red" role="alert" mt="sm">
          {chosen.problem}
        </Text>
      )}
    </section>
  );
}
