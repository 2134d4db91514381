import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { ProgramInfo } from '../../../shared/contract/app/program.ts';
import { useEngine } from '../../client/engine.ts';
import { useShowProgram } from '../../client/program.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';

/** Says a refusal in the corner, in its own words. */
export function showProblem(error: unknown): void {
  const { code, message } = problemOf(error);
  if (code === 'CANCELLED') notifications.show({ message: t('programs.cancelled') });
  else notifications.show({ color: 'red', message });
}

/** The verbs about programmes. Each shows the programme that it leaves open, or says why it could not. */
export function useProgramActions() {
  const engine = useEngine();
  const showProgram = useShowProgram();
  const shown = (info: ProgramInfo): void => {
    showProgram(info);
    announce(t('programs.opened', { name: info.name }));
  };
  const options = { onError: showProblem };
  return {
    create: useMutation({
      ...options,
      mutationFn: (name: string) => engine.call.program.create({ name }),
      onSuccess: shown,
    }),
    createSample: useMutation({
      ...options,
      mutationFn: () => engine.call.program.createSample({}),
      onSuccess: shown,
    }),
    open: useMutation({
      ...options,
      mutationFn: (program: string) => engine.call.program.open({ program }),
      onSuccess: shown,
    }),
    rename: useMutation({
      ...options,
      mutationFn: (name: string) => engine.call.program.rename({ name }),
      onSuccess: (info) => {
        showProgram(info);
        announce(t('programs.renamed', { name: info.name }));
      },
    }),
    cancel: useMutation({ ...options, mutationFn: (job: string) => engine.call.jobs.cancel({ job }) }),
  };
}
