import { Modal, Table } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { momentParameter, position, usePosition } from '../../position/position.ts';
import { type CellRef, useSelection } from '../../position/selection.ts';
import { allCommands, type Command, useCommands } from '../../ui/commands.ts';
import { dateText, instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { type HistoryRow, planUse, rowAt } from './cell-history.ts';
import { type Blame, Blamed } from './CellView.tsx';
import { historyPanel, type HistoryTab, useHistoryPanel } from './history-store.ts';
import { RowMenu, UseButton, valueOf } from './HistoryRows.tsx';
import { useCellHistory } from './useCellHistory.ts';
import { useUseValue } from './useValue.ts';
import style from './CellHistoryDialog.module.css';

/** The selected cell's history as a table, over everything; and the commands that open histories. Mounted once. */
export function CellHistoryDialog({ blame }: { readonly blame?: Blame }): React.JSX.Element {
  const opened = useHistoryPanel((state) => state.dialog);
  const cell = useSelection((state) => state.focus);
  const close = historyPanel.getState().closeDialog;
  useHistoryCommands(cell !== null);
  // A version's detail is a screen of its own: the table must not lie over it.
  useEffect(
    () =>
      position.subscribe((now, before) => {
        if (now.place.screen !== before.place.screen) close();
      }),
    [close],
  );
  return (
    <Modal opened={opened && cell !== null} onClose={close} title={t('history.dialog')} size={820} transitionProps={{ duration: 0 }}>
      {cell && <CellTable cell={cell} blame={blame} />}
    </Modal>
  );
}

function CellTable({ cell, blame }: { readonly cell: CellRef; readonly blame: Blame | undefined }): React.JSX.Element {
  const moment = usePosition((state) => state.moment);
  const branch = usePosition((state) => state.branch);
  const facts = useCellHistory(cell, moment);
  const { use, busy } = useUseValue();
  const subject = t('history.cellTitle', {
    person: facts.personName ?? t('history.unknownPerson'),
    date: dateText(cell.date, true),
    half: cell.half,
  });
  const shown = rowAt(facts.rows, facts.shownPosition);
  const actions = {
    busy,
    subject,
    canUse: (row: HistoryRow) => planUse(row, facts.now).kind !== 'same',
    tipPosition: facts.tipPosition,
    use: (row: HistoryRow) => use({ row, standing: facts.now, reason: '' }),
  };
  if (facts.kind === 'failed') return <p role="alert">{t('history.loadFailed', { problem: facts.problem ?? '' })}</p>;
  return (
    <>
      <p className={style.subject}>
        <strong>{subject}</strong>
        <span>{t('history.dialogHint', { branch })}</span>
      </p>
      {blame && <Blamed facts={facts} render={(id) => blame({ type: 'assignment', id, branch, at: momentParameter(moment) })} />}
      {facts.kind === 'ready' && facts.rows.length === 0 && <p>{t('history.neverSet')}</p>}
      {facts.rows.length > 0 && (
        <Table className={style.table} verticalSpacing={5} highlightOnHover aria-label={t('history.historyOf')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('history.columnVersion')}</Table.Th>
              <Table.Th>{t('history.columnValue')}</Table.Th>
              <Table.Th>{t('history.columnWho')}</Table.Th>
              <Table.Th>{t('history.columnWhen')}</Table.Th>
              <Table.Th>{t('history.columnWhy')}</Table.Th>
              <Table.Th>
                <span className="visually-hidden">{t('history.columnActions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {facts.rows.map((row) => (
              <Table.Tr key={`${row.id} ${row.entry.number}`} data-shown={row === shown || undefined} className={style.row}>
                <Table.Td className={style.number}>{t('history.version', { position: row.entry.position })}</Table.Td>
                <Table.Td className={style.value}>{valueOf(row)}</Table.Td>
                <Table.Td>{row.entry.userName}</Table.Td>
                <Table.Td className={style.time}>{instantText(row.entry.officialAt)}</Table.Td>
                <Table.Td className={style.why}>{row.entry.reason ?? row.entry.message}</Table.Td>
                <Table.Td className={style.actions}>
                  {actions.canUse(row) && <UseButton row={row} actions={actions} />}
                  <RowMenu row={row} actions={actions} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

function useHistoryCommands(hasCell: boolean): void {
  useCommands(
    useMemo((): readonly Command[] => {
      const show = (tab: HistoryTab) => () => {
        historyPanel.getState().show(tab);
        // The panel belongs to the window; when it is closed, the window's own command opens it.
        if (!historyPanel.getState().mounted)
          allCommands()
            .find(({ id }) => id === 'view.inspector')
            ?.run();
      };
      const disabledReason = hasCell ? null : t('history.commandNothing');
      return [
        {
          id: 'history.cell',
          title: t('history.commandCell'),
          section: 'review',
          keys: ['Mod+Shift+H'],
          words: 'who when why versions',
          disabledReason,
          run: () => historyPanel.getState().openDialog(),
        },
        {
          id: 'history.person',
          title: t('history.commandPerson'),
          section: 'review',
          words: 'who when why',
          disabledReason,
          run: show('person'),
        },
        {
          id: 'history.versions',
          title: t('history.commandVersions'),
          section: 'review',
          keys: ['F9'],
          words: 'log list',
          run: show('versions'),
        },
      ];
    }, [hasCell]),
  );
}
