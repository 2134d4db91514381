import { Tooltip } from '@mantine/core';
import {
  IconArrowsDiff,
  IconBuildingHospital,
  IconCalendar,
  IconFileImport,
  IconFolders,
  IconGitBranch,
  IconInbox,
  IconShieldCheck,
  IconUsers,
} from '@tabler/icons-react';
import { position, usePosition } from '../position/position.ts';
import { t, type MessageKey } from '../messages/index.ts';
import { useInboxCount, useMergeCount } from './composition.tsx';
import style from './Navigation.module.css';

type SectionScreen = 'roster' | 'clinics' | 'patients' | 'inbox' | 'compare' | 'branches' | 'import' | 'programs' | 'verify';

interface Section {
  readonly screen: SectionScreen;
  readonly label: MessageKey;
  readonly icon: typeof IconCalendar;
}

/** Every section there is, in the order of the day. */
export const sections: readonly Section[] = [
  { screen: 'roster', label: 'app.roster', icon: IconCalendar },
  { screen: 'clinics', label: 'records.clinics', icon: IconBuildingHospital },
  { screen: 'patients', label: 'records.patients', icon: IconUsers },
  { screen: 'inbox', label: 'records.inbox', icon: IconInbox },
  { screen: 'compare', label: 'app.compare', icon: IconArrowsDiff },
  { screen: 'branches', label: 'app.branches', icon: IconGitBranch },
  { screen: 'import', label: 'app.import', icon: IconFileImport },
  { screen: 'programs', label: 'app.programs', icon: IconFolders },
  { screen: 'verify', label: 'app.verify', icon: IconShieldCheck },
];

const weekMillis = 7 * 86_400_000;

/** Opens a section. Comparing starts with the pinned moments, else with the moment on screen or the week that is past, against now. */
export function openSection(screen: SectionScreen): void {
  const { branch, pins, moment, go } = position.getState();
  switch (screen) {
    case 'compare': {
      const shown = moment.kind === 'commit' ? moment.commit : new Date(Date.now() - weekMillis).toISOString();
      go({
        place: {
          screen,
          from: pins.from ? { branch: pins.from.branch, at: pins.from.commit } : { branch, at: shown },
          to: pins.to ? { branch: pins.to.branch, at: pins.to.commit } : { branch },
        },
      });
      return;
    }
    case 'clinics':
    case 'patients':
      go({ place: { screen, record: null, part: 'form' } });
      return;
    case 'inbox':
      go({ place: { screen, part: 'received' } });
      return;
    default:
      go({ place: { screen } });
  }
}

/** The sections of the product. */
export function Navigation(): React.JSX.Element {
  const place = usePosition((state) => state.place.screen);
  // Merging and its rules are part of what one does with branches.
  const screen = place === 'merge' || place === 'mergePreview' || place === 'houseRules' ? 'branches' : place;
  const merges = useMergeCount();
  const inbox = useInboxCount();
  // What waits in a section, in words.
  const waiting: Partial<Record<SectionScreen, { readonly count: number; readonly text: string }>> = {
    branches: { count: merges, text: t('merge.openMerges', { count: merges }) },
    inbox: { count: inbox, text: t('records.inboxCount', { count: inbox }) },
  };
  return (
    <nav className={style.navigation} aria-label={t('app.navigation')}>
      {sections.map((section) => (
        <Tooltip key={section.screen} label={t(section.label)} position="right" classNames={{ tooltip: style.tooltip }}>
          <button
            type="button"
            className={style.section}
            aria-current={screen === section.screen ? 'page' : undefined}
            aria-label={waits(waiting[section.screen]) ? `${t(section.label)} ${waiting[section.screen]?.text ?? ''}` : t(section.label)}
            onClick={() => openSection(section.screen)}
          >
            <section.icon size={17} stroke={1.7} aria-hidden />
            <span className={style.label}>{t(section.label)}</span>
            {waits(waiting[section.screen]) && <span className={style.badge} aria-hidden data-count={waiting[section.screen]?.count} />}
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}

function waits(waiting: { readonly count: number } | undefined): boolean {
  return waiting !== undefined && waiting.count > 0;
}
