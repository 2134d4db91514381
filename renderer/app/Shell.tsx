import { Suspense, useEffect, useState } from 'react';
import type { ProgramInfo } from '../../shared/contract/app/program.ts';
import { Palette } from '../features/palette/Palette.tsx';
import { KeysHelp } from '../features/palette/KeysHelp.tsx';
import { SampleBanner } from '../features/programs/SampleBanner.tsx';
import { CellClashes } from '../features/roster/CellClashes.tsx';
import { usePosition } from '../position/position.ts';
import { useCommandKeys } from '../ui/keys.ts';
import { t } from '../messages/index.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Header } from './Header.tsx';
import { HostGone } from './HostGone.tsx';
import { Navigation } from './Navigation.tsx';
import { CellInspector, MergeBanner, PastBanner, ScreenOf, StandingParts, TimelineDock, ViewBanner, WhoseValue } from './composition.tsx';
import { NativeMenu } from './NativeMenu.tsx';
import { UnsavedGuard } from './UnsavedGuard.tsx';
import { useShellCommands } from './shell-commands.ts';
import style from './Shell.module.css';

/** The main window: header, sections, the open screen, the inspector beside it and the timeline under it. */
export function Shell({ info, gone }: { readonly info: ProgramInfo; readonly gone: boolean }): React.JSX.Element {
  const [inspector, setInspector] = useState(() => window.innerWidth >= 1200);
  const branch = usePosition((state) => state.branch);
  const past = usePosition((state) => state.moment.kind !== 'now');
  const screen = usePosition((state) => state.place.screen);
  useCommandKeys();
  useShellCommands({ inspector, toggleInspector: () => setInspector((open) => !open) });
  useEffect(() => {
    document.title = t('app.title', { branch, programme: info.name });
  }, [branch, info.name]);

  return (
    <div className={style.window} data-past={past || undefined}>
      <Header info={info} />
      <PastBanner />
      <ViewBanner />
      <MergeBanner />
      {info.sample && <SampleBanner program={info.program ?? ''} />}
      <div className={style.middle}>
        <Navigation />
        <main className={style.place}>
          <ErrorBoundary small key={screen}>
            <Suspense fallback={null}>
              <ScreenOf />
            </Suspense>
          </ErrorBoundary>
        </main>
        {inspector && screen === 'roster' && (
          <aside className={style.inspector} aria-label={t('app.inspector')}>
            <ErrorBoundary small>
              <Suspense fallback={null}>
                <CellInspector
                  extra={<CellClashes />}
                  blame={(record) => <WhoseValue key={`${record.type} ${record.id}`} record={record} />}
                />
              </Suspense>
            </ErrorBoundary>
          </aside>
        )}
      </div>
      <ErrorBoundary small>
        <Suspense fallback={null}>
          <TimelineDock />
        </Suspense>
      </ErrorBoundary>
      <NativeMenu />
      <UnsavedGuard />
      <Palette />
      <KeysHelp />
      <Suspense fallback={null}>
        <StandingParts />
      </Suspense>
      {gone && <HostGone />}
    </div>
  );
}
