import { IconFileSpreadsheet, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../messages/index.ts';
import { useProgramActions } from './actions.ts';
import { ProgramList } from './ProgramList.tsx';
import { StartOwn } from './StartOwn.tsx';
import style from './programs.module.css';

/** No programme is open: what there is to begin with. */
export function FirstRun(): React.JSX.Element {
  const { createSample } = useProgramActions();
  const [dialog, setDialog] = useState<'own' | 'import' | null>(null);
  const choices = [
    { icon: IconPlayerPlay, name: t('programs.makeSample'), text: t('programs.makeSampleText'), run: () => createSample.mutate() },
    { icon: IconPlus, name: t('programs.startOwn'), text: t('programs.startOwnText'), run: () => setDialog('own') },
    {
      icon: IconFileSpreadsheet,
      name: t('programs.importWorkbook'),
      text: t('programs.importWorkbookText'),
      run: () => setDialog('import'),
    },
  ];
  return (
    <main className={style.screen}>
      <div className={style.card}>
        <h1 className={style.title}>{t('programs.firstTitle')}</h1>
        <p className={style.text}>{t('programs.firstText')}</p>
        <div className={style.choices}>
          {choices.map((choice) => (
            <button key={choice.name} type="button" className={style.choice} disabled={createSample.isPending} onClick={choice.run}>
              <choice.icon size={22} stroke={1.6} aria-hidden />
              <span className={style.choiceName}>{choice.name}</span>
              <span className={style.choiceText}>{choice.text}</span>
            </button>
          ))}
        </div>
        <ProgramList title={t('programs.listLabel')} />
      </div>
      {dialog && <StartOwn importing={dialog === 'import'} onClose={() => setDialog(null)} />}
    </main>
  );
}
