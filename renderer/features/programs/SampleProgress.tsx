import { Button, Progress } from '@mantine/core';
import type { Job } from '../../../shared/contract/app/program.ts';
import { t } from '../../messages/index.ts';
import { useProgramActions } from './actions.ts';
import style from './programs.module.css';

/** The sample programme is being made: how far it is, and a way to stop. */
export function SampleProgress({ job }: { readonly job: Job | null }): React.JSX.Element {
  const { cancel } = useProgramActions();
  const share = job && job.total > 0 ? Math.min(100, (100 * job.done) / job.total) : 0;
  return (
    <main className={style.screen}>
      <div className={style.card}>
        <h1 className={style.title}>{t('programs.creatingTitle')}</h1>
        <p className={style.text}>{t('programs.creatingText')}</p>
        <Progress.Root size={8} mt={12}>
          <Progress.Section value={share} aria-label={t('programs.creatingProgress')} />
        </Progress.Root>
        <div className={style.progressLine}>
          <span>{job?.label}</span>
          <span>{t('programs.creatingShare', { percent: Math.floor(share) })}</span>
        </div>
        {job && (
          <div className={style.actions}>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(job.job)}>
              {t('common.cancel')}
            </Button>
          </div>
        )}
      </div>
    </main>
  );
}
