import { Button, Text, Title } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { ImportReview } from './ImportReview.tsx';
import { readPicked, type PickedFile } from './useImport.ts';
import classes from './ImportScreen.module.css';

/** Import of a wide rota: pick a file, answer what it leaves open, look at what would change, import it as one commit. */
export function ImportScreen(): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const [file, setFile] = useState<PickedFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const pick = (picked: File | undefined): void => {
    if (!picked) return;
    setProblem(null);
    readPicked(picked).then(setFile, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    // Dropping is the mouse's twin of the button inside: nothing is offered by dropping alone.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={classes['screen']}
      aria-labelledby="import-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        pick(event.dataTransfer.files[0]);
      }}
    >
      <header className={classes['head']}>
        <Title order={1} size="h3" id="import-title">
          {t('importRota.screen')}
        </Title>
        <Text c="dimmed">{t('importRota.into', { branch })}</Text>
      </header>
      <input
        ref={chooser}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('importRota.choose')}
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        onChange={(event) => {
          pick(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {file === null ? (
        <div className={classes['drop']} data-over={over || undefined}>
          <IconFileSpreadsheet size={40} stroke={1.3} aria-hidden />
          <Text maw="52ch" ta="center" c="dimmed">
            {t('importRota.explain')}
          </Text>
          <Button onClick={() => chooser.current?.click()}>{t('importRota.choose')}</Button>
          <Text size="sm" c="dimmed">
            {t('importRota.drop')}
          </Text>
        </div>
      ) : (
        <ImportReview key={file.picked} file={file} branch={branch} onAnother={() => chooser.current?.click()} />
      )}
      {problem !== null && (
        <Text c="red" role="alert" mt="sm">
          {problem}
        </Text>
      )}
    </section>
  );
}
