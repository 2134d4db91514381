import { useEffect } from 'react';
import { useSelection } from '../../position/selection.ts';
import { t } from '../../messages/index.ts';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { type Blame, CellView } from './CellView.tsx';
import { historyPanel, type HistoryTab, useHistoryPanel } from './history-store.ts';
import { PersonView } from './PersonView.tsx';
import { VersionList } from './VersionList.tsx';
import style from './CellInspector.module.css';

const tabs: readonly HistoryTab[] = ['cell', 'person', 'versions'];

/** The panel beside the grid: the selected cell, its person, or the branch's versions, always as of the moment on screen. */
export function CellInspector({
  extra,
  blame,
}: {
  readonly extra?: React.ReactNode;
  /** Whose value each field of a record is; another feature's, put in by the window. */
  readonly blame?: Blame;
}): React.JSX.Element {
  const tab = useHistoryPanel((state) => state.tab);
  // The grid is drawn first: whoever types from cell to cell waits for it, and not for what stands beside it.
  const cell = useAfterPaint(useSelection((state) => state.focus));
  useEffect(() => {
    historyPanel.getState().setMounted(true);
    return () => historyPanel.getState().setMounted(false);
  }, []);
  return (
    <div className={style.inspector}>
      <Tabs
        group="history"
        label={t('history.panel')}
        parts={tabs}
        shown={tab}
        onShow={(each) => historyPanel.getState().show(each)}
        look={style}
      >
        {(each) => t(`history.${each}`)}
      </Tabs>
      <div className={style.panel} id="history-panel" role="tabpanel" aria-labelledby={`history-tab-${tab}`}>
        {tab === 'versions' && <VersionList />}
        {tab !== 'versions' && cell === null && (
          <div className={style.nothing}>
            <strong>{t('history.nothingSelected')}</strong>
            <span>{t('history.nothingSelectedText')}</span>
          </div>
        )}
        {tab === 'cell' && cell && <CellView key={`${cell.personId} ${cell.date} ${cell.half}`} cell={cell} extra={extra} blame={blame} />}
        {tab === 'person' && cell && <PersonView key={cell.personId} personId={cell.personId} blame={blame} />}
      </div>
    </div>
  );
}
