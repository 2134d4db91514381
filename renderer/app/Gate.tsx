import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../client/engine.ts';
import { useFreshAnswers } from '../client/program.ts';
import { problemOf } from '../client/refusal.ts';
import { FirstRun } from '../features/programs/FirstRun.tsx';
import { RefusedProgram } from '../features/programs/RefusedProgram.tsx';
import { SampleProgress } from '../features/programs/SampleProgress.tsx';
import { position } from '../position/position.ts';
import { selection } from '../position/selection.ts';
import { setZone } from '../ui/format.ts';
import { t } from '../messages/index.ts';
import { FullMessage } from './FullMessage.tsx';
import { Shell } from './Shell.tsx';

/** Shows the roster's window when a programme is open, and otherwise what stands in its way. */
export function Gate({ gone }: { readonly gone: boolean }): React.JSX.Element {
  const engine = useEngine();
  useFreshAnswers();
  const {
    data: info,
    error,
    refetch,
  } = useQuery({
    ...engine.query.program.info.queryOptions(),
    // Events tell how far the sample is; asking now and then also covers one that ended before this page listened.
    refetchInterval: (query) => (query.state.data?.state === 'creating' ? 1_500 : false),
  });

  const program = info?.program ?? null;
  const shownProgram = useRef(program);
  useEffect(() => {
    if (shownProgram.current !== null && shownProgram.current !== program) {
      position.getState().reset();
      selection.getState().select(null);
    }
    shownProgram.current = program;
  }, [program]);
  const timeZone = info?.timeZone;
  if (timeZone !== undefined) setZone(timeZone);

  if (error && !info) {
    const problem = problemOf(error);
    return (
      <FullMessage
        title={t('app.faultTitle')}
        text={problem.message}
        details={`${problem.code}: ${problem.message}`}
        action={{ label: t('common.retry'), run: () => void refetch() }}
      />
    );
  }
  if (!info) return <FullMessage busy title={t('app.connecting')} />;
  switch (info.state) {
    case 'creating':
      return <SampleProgress job={info.job} />;
    case 'none':
      return <FirstRun />;
    case 'refused':
      return <RefusedProgram info={info} />;
    case 'ready':
      return <Shell key={info.program} info={info} gone={gone} />;
  }
}
