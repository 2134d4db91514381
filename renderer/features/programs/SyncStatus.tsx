import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconDeviceLaptop, IconLoader2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ProgramInfo } from '../../../shared/contract/app/program.ts';
import { useEngine } from '../../client/engine.ts';
import { useUnsaved } from '../../client/unsaved.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import style from './programs.module.css';

/** Whether what is on screen is saved, and where. There is no server yet and this does not pretend one. */
export function SyncStatus({ info }: { readonly info: ProgramInfo }): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const { data: last } = useQuery(engine.query.commits.at.queryOptions({ input: { branch } }));
  const unsaved = useUnsaved();
  const saved = last ? shortInstantText(last.at) : null;
  const text = info.readOnly
    ? t('programs.readOnly')
    : unsaved.stuck
      ? t('programs.syncWaiting', { count: unsaved.count })
      : unsaved.count > 0
        ? t('programs.syncSaving', { count: unsaved.count })
        : t('programs.syncLocal');
  const Icon = info.readOnly || unsaved.stuck ? IconAlertTriangle : unsaved.count > 0 ? IconLoader2 : IconDeviceLaptop;
  const calm = !info.readOnly && unsaved.count === 0;
  return (
    <Tooltip label={t('programs.syncHint', { when: last ? instantText(last.at) : '–' })} multiline w={260}>
      <output
        className={style.status}
        aria-label={t('programs.sync')}
        aria-live="off"
        data-stuck={unsaved.stuck || info.readOnly || undefined}
        data-calm={calm || undefined}
      >
        <Icon size={15} stroke={1.7} aria-hidden />
        <span>
          {text}
          {calm && saved !== null && <span className={style.statusTail}>{t('programs.syncTail', { when: saved })}</span>}
        </span>
      </output>
    </Tooltip>
  );
}
