import { Button } from '@mantine/core';
import { useState } from 'react';
import { useProgramInfo } from '../../client/program.ts';
import { t } from '../../messages/index.ts';
import { numberText } from '../../ui/format.ts';
import { useProgramActions } from './actions.ts';
import { NameDialog } from './NameDialog.tsx';
import { ProgramList } from './ProgramList.tsx';
import { StartOwn } from './StartOwn.tsx';
import style from './programs.module.css';

/** Every programme of this computer: open, rename, begin another. */
export function ProgramsScreen(): React.JSX.Element {
  const info = useProgramInfo();
  const { rename, createSample } = useProgramActions();
  const [dialog, setDialog] = useState<'own' | 'rename' | null>(null);
  return (
    <div className={style.page}>
      <div className={style.pageInner}>
        <div>
          <h1 className={style.title}>{t('programs.title')}</h1>
          <p className={style.text}>{t('programs.intro')}</p>
        </div>
        <ProgramList title={t('programs.listLabel')} onRename={() => setDialog('rename')} />
        {info?.file && (
          <p className={style.text}>
            {t('programs.counts', {
              people: numberText(info.counts.byType['person'] ?? 0),
              versions: numberText(info.counts.versions),
              size: `${(info.size / 1_048_576).toFixed(1)} MB`,
            })}
            <br />
            <code className={style.file}>{info.file}</code>
          </p>
        )}
        <div className={style.actions}>
          <Button onClick={() => setDialog('own')}>{t('programs.startOwn')}</Button>
          <Button variant="default" loading={createSample.isPending} onClick={() => createSample.mutate()}>
            {t('programs.another')}
          </Button>
        </div>
      </div>
      {dialog === 'own' && <StartOwn onClose={() => setDialog(null)} />}
      {dialog === 'rename' && info && (
        <NameDialog
          title={t('programs.renameTitle')}
          action={t('common.save')}
          initial={info.name}
          busy={rename.isPending}
          onDone={(name) => rename.mutate(name, { onSuccess: () => setDialog(null) })}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
