import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ProgramInfo } from '../../../shared/contract/app/program.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { ProgramList } from './ProgramList.tsx';
import { StartOwn } from './StartOwn.tsx';
import { useProgramActions } from './actions.ts';
import style from './programs.module.css';

/** The last programme's file cannot be opened: why, what is safe, and what else there is. */
export function RefusedProgram({ info }: { readonly info: ProgramInfo }): React.JSX.Element {
  const [starting, setStarting] = useState(false);
  const { createSample } = useProgramActions();
  const file = info.problem?.file ?? info.file;
  return (
    <main className={style.screen}>
      <div className={style.card}>
        <h1 className={style.title}>{t('programs.refusedTitle')}</h1>
        <p className={style.text} role="alert">
          {info.problem?.message}
        </p>
        {file !== null && <code className={style.file}>{file}</code>}
        <div className={style.actions}>
          <Button onClick={() => setStarting(true)}>{t('programs.startOwn')}</Button>
          <Button variant="default" loading={createSample.isPending} onClick={() => createSample.mutate()}>
            {t('programs.makeSample')}
          </Button>
          {file !== null && (
            <Button variant="subtle" onClick={() => void navigator.clipboard.writeText(file).then(() => announce(t('programs.copied')))}>
              {t('programs.copyFile')}
            </Button>
          )}
        </div>
        <ProgramList title={t('programs.refusedOther')} without={file} />
      </div>
      {starting && <StartOwn onClose={() => setStarting(false)} />}
    </main>
  );
}
