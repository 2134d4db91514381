import { lazy } from 'react';
import { WhoseValue } from '../features/blame/WhoseValue.tsx';
import { RevertDialog } from '../features/commit/RevertDialog.tsx';
import { CompareCommands } from '../features/compare/CompareCommands.tsx';
import { CellHistoryDialog } from '../features/history/CellHistoryDialog.tsx';
import { ExportDialog } from '../features/export/ExportDialog.tsx';
import { HouseRulesCommand } from '../features/house-rules/HouseRulesCommand.tsx';
import { ImportCommand } from '../features/import/ImportCommand.tsx';
import { MergeCommands } from '../features/merge/MergeCommands.tsx';
import { MigrationDialog } from '../features/migration/MigrationDialog.tsx';
import { MigrationButton } from '../features/migration/MigrationButton.tsx';
import { PickDialog } from '../features/merge/PickDialog.tsx';
import { NoteDialogs } from '../features/notes/NoteDialogs.tsx';
import { StepNotes } from '../features/notes/StepNotes.tsx';
import { AccessLogDialog } from '../features/records/AccessLogDialog.tsx';
import { RestoreDialog } from '../features/restore/RestoreDialog.tsx';
import { FeedEvents } from '../features/roster/useFeed.ts';
import { UndoCommands } from '../features/roster/UndoCommands.tsx';
import { RosterScreen } from '../features/roster/RosterScreen.tsx';
import { usePosition } from '../position/position.ts';

// What is not on the first screen is fetched when it is first opened.
const CompareScreen = lazy(() => import('../features/compare/CompareScreen.tsx').then((part) => ({ default: part.CompareScreen })));
const CommitScreen = lazy(() => import('../features/commit/CommitScreen.tsx').then((part) => ({ default: part.CommitScreen })));
const BranchesScreen = lazy(() => import('../features/branches/BranchesScreen.tsx').then((part) => ({ default: part.BranchesScreen })));
const HouseRulesScreen = lazy(() =>
  import('../features/house-rules/HouseRulesScreen.tsx').then((part) => ({ default: part.HouseRulesScreen })),
);
const MergeScreen = lazy(() => import('../features/merge/MergeScreen.tsx').then((part) => ({ default: part.MergeScreen })));
const MergePreviewScreen = lazy(() =>
  import('../features/merge/MergePreviewScreen.tsx').then((part) => ({ default: part.MergePreviewScreen })),
);
const ImportScreen = lazy(() => import('../features/import/ImportScreen.tsx').then((part) => ({ default: part.ImportScreen })));
const VerifyScreen = lazy(() => import('../features/verify/VerifyScreen.tsx').then((part) => ({ default: part.VerifyScreen })));
const RecordsScreen = lazy(() => import('../features/records/RecordsScreen.tsx').then((part) => ({ default: part.RecordsScreen })));
const InboxScreen = lazy(() => import('../features/records/InboxScreen.tsx').then((part) => ({ default: part.InboxScreen })));
const ProgramsScreen = lazy(() => import('../features/programs/ProgramsScreen.tsx').then((part) => ({ default: part.ProgramsScreen })));

/** The screen that the position names. */
export function ScreenOf(): React.JSX.Element {
  const place = usePosition((state) => state.place);
  switch (place.screen) {
    case 'roster':
      return <RosterScreen />;
    case 'clinics':
    case 'patients':
      return (
        <RecordsScreen
          key={place.screen}
          place={place}
          tools={(type) => <MigrationButton type={type === 'patient' ? 'patient' : 'clinic'} />}
        />
      );
    case 'inbox':
      return <InboxScreen part={place.part} />;
    case 'compare':
      return (
        <CompareScreen
          from={place.from}
          to={place.to}
          bring={(pick, { onClose, onDone }) => <PickDialog pick={pick} onClose={onClose} onDone={onDone} />}
        />
      );
    case 'commit':
      return (
        <CommitScreen
          commit={place.commit}
          notes={(commit, title) => <StepNotes commit={commit} title={title} />}
          blame={({ type, id, title }, as) => <WhoseValue record={{ type, id, ...as }} title={title} />}
        />
      );
    case 'branches':
      return <BranchesScreen />;
    case 'houseRules':
      return <HouseRulesScreen />;
    case 'mergePreview':
      return <MergePreviewScreen key={`${place.source} ${place.target}`} source={place.source} target={place.target} />;
    case 'merge':
      return <MergeScreen merge={place.merge} />;
    case 'import':
      return <ImportScreen />;
    case 'programs':
      return <ProgramsScreen />;
    case 'verify':
      return <VerifyScreen />;
  }
}

/** Dialogs and commands that belong to no single screen. */
export function StandingParts(): React.JSX.Element {
  return (
    <>
      <FeedEvents />
      <UndoCommands />
      <CellHistoryDialog blame={(record) => <WhoseValue record={record} />} />
      <NoteDialogs />
      <RevertDialog />
      <RestoreDialog />
      <CompareCommands />
      <HouseRulesCommand />
      <MergeCommands />
      <ImportCommand />
      <ExportDialog />
      <MigrationDialog />
      <AccessLogDialog />
    </>
  );
}

export { WhoseValue } from '../features/blame/WhoseValue.tsx';
export { BranchSwitcher } from '../features/branches/BranchSwitcher.tsx';
export { CellInspector } from '../features/history/CellInspector.tsx';
export { MergeBanner, useMergeCount } from '../features/merge/MergeBanner.tsx';
export { useInboxCount } from '../features/records/useInboxCounts.ts';
export { PastBanner } from '../features/timeline/PastBanner.tsx';
export { TimelineDock } from '../features/timeline/TimelineDock.tsx';
export { ViewAs } from '../features/views/ViewAs.tsx';
export { ViewBanner } from '../features/views/ViewBanner.tsx';
