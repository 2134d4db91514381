import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconClock,
  IconClockMinus,
  IconCopy,
  IconDots,
  IconFileText,
  IconFlag,
  IconMessage,
  IconMessagePlus,
} from '@tabler/icons-react';
import { position, usePosition } from '../../position/position.ts';
import { stepRequest } from '../../position/step-request.ts';
import { useEngine } from '../../client/engine.ts';
import { instantText, shortInstantText, shortText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import type { HistoryRow } from './cell-history.ts';
import { copyText } from './copy-text.ts';
import { goBefore, goToEntry } from './travel.ts';
import { rowText } from './row-text.ts';
import style from './HistoryRows.module.css';
import tagStyle from './tag.module.css';

export interface RowActions {
  readonly use: (row: HistoryRow) => void;
  /** Whether using the row's value would change anything now. */
  readonly canUse: (row: HistoryRow) => boolean;
  readonly busy: boolean;
  readonly tipPosition: number;
  /** Names the cell or thing, for tags and for the clipboard. */
  readonly subject: string;
}

/** A history for people: value, who, when and why of each version, with what can be done about it. Newest first. */
export function HistoryRows({
  rows,
  label,
  inForce,
  isNow,
  actions,
}: {
  readonly rows: readonly HistoryRow[];
  readonly label: string;
  /** The row that the moment on screen shows. */
  readonly inForce: HistoryRow | null;
  readonly isNow: boolean;
  readonly actions: RowActions;
}): React.JSX.Element {
  return (
    <ol className={style.rows} aria-label={label}>
      {rows.map((row) => (
        <Row key={`${row.id} ${row.entry.number}`} row={row} shown={row === inForce} isNow={isNow} actions={actions} />
      ))}
    </ol>
  );
}

function Row({
  row,
  shown,
  isNow,
  actions,
}: {
  readonly row: HistoryRow;
  readonly shown: boolean;
  readonly isNow: boolean;
  readonly actions: RowActions;
}): React.JSX.Element {
  const { entry } = row;
  const value = valueOf(row);
  return (
    <li className={style.row} data-shown={shown || undefined}>
      <div className={style.first}>
        <span className={style.value} data-empty={!row.stands || undefined}>
          {value}
        </span>
        <span className={style.number}>{t('history.version', { position: entry.position })}</span>
        {shown && <span className={style.badge}>{t(isNow ? 'history.inForceNow' : 'history.inForce')}</span>}
        <span className={style.space} />
        {actions.canUse(row) && <UseButton row={row} actions={actions} />}
        <RowMenu row={row} actions={actions} />
      </div>
      <div className={style.who} title={instantText(entry.officialAt)}>
        {t('history.rowWho', { author: entry.userName, time: shortInstantText(entry.officialAt) })}
      </div>
      <div className={style.why}>{entry.reason ?? entry.message}</div>
      {row.changed.map((change) => (
        <div key={change.label} className={style.change}>
          {t('history.change', {
            label: change.label,
            before: change.before || t('history.changeNothing'),
            after: change.after || t('history.changeNothing'),
          })}
        </div>
      ))}
      <RowDecisions row={row} />
      <RowNotes row={row} />
    </li>
  );
}

/** The button that makes an old value the current one, by adding a version. */
export function UseButton({ row, actions }: { readonly row: HistoryRow; readonly actions: RowActions }): React.JSX.Element {
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={actions.busy}
      aria-label={t('history.useLabel', { value: valueOf(row), position: row.entry.position })}
      title={t('history.useThis')}
      onClick={() => actions.use(row)}
    >
      {t('history.use')}
    </Button>
  );
}

/** Where the value came out of a merge: what each branch had, and who chose it. */
function RowDecisions({ row }: { readonly row: HistoryRow }): React.JSX.Element | null {
  const { decisions } = row.entry;
  if (decisions.length === 0) return null;
  return (
    <>
      {decisions.map((decision) => (
        <div key={decision.field ?? ''} className={style.change} title={instantText(decision.at)}>
          {t('history.decision', {
            target: decision.target,
            targetText: shortText(decision.targetText) || t('history.changeNothing'),
            source: decision.source,
            sourceText: shortText(decision.sourceText) || t('history.changeNothing'),
            name: decision.authorName,
            value: shortText(decision.valueText) || t('history.changeNothing'),
            at: shortInstantText(decision.at),
          })}
          {decision.reason !== null && decision.reason !== '' && ` ${t('history.decisionBecause', { reason: decision.reason })}`}
        </div>
      ))}
    </>
  );
}

function RowNotes({ row }: { readonly row: HistoryRow }): React.JSX.Element | null {
  const { tags, comments } = row.entry;
  if (tags.length === 0 && comments.length === 0) return null;
  return (
    <div className={style.notes}>
      {tags.map((tag) => (
        <span key={tag} className={tagStyle.tag}>
          <IconFlag size={11} stroke={2} aria-hidden />
          {tag}
        </span>
      ))}
      {comments.map((comment) => (
        <div key={comment.note} className={style.comment}>
          <IconMessage size={12} stroke={1.8} aria-hidden />
          <span>
            {comment.text}
            <span className={style.by}> {t('history.rowWho', { author: comment.authorName, time: shortInstantText(comment.at) })}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

/** Everything else that can be done about a version. */
export function RowMenu({ row, actions }: { readonly row: HistoryRow; readonly actions: RowActions }): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const { entry } = row;
  const title = t('history.noteTitle', { value: valueOf(row), cell: actions.subject, position: entry.position });
  const note = (kind: 'tag' | 'comment') => () =>
    stepRequest.getState().ask({
      kind,
      target:
        entry.operation === 'delete'
          ? { kind: 'commit', commit: entry.commit, title }
          : { kind: 'version', type: row.type, id: row.id, version: entry.version, commit: entry.commit, title },
    });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={t('history.more', { position: entry.position, value: valueOf(row) })}
        >
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconClock size={14} aria-hidden />} onClick={() => goToEntry(entry, actions.tipPosition)}>
          {t('history.goThere')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClockMinus size={14} aria-hidden />} onClick={() => void goBefore(engine, branch, entry.position)}>
          {t('history.goBefore')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => stepRequest.getState().ask({ kind: 'revert', commit: entry.commit, title: entry.message })}
        >
          {t('history.undoChange')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconMessagePlus size={14} aria-hidden />} onClick={note('comment')}>
          {t('history.comment')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFlag size={14} aria-hidden />} onClick={note('tag')}>
          {t('history.tag')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void copyText(rowText(row, actions.subject))}>
          {t('history.copy')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileText size={14} aria-hidden />}
          onClick={() => position.getState().go({ place: { screen: 'commit', commit: entry.commit } })}
        >
          {t('history.openDetail')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What stood there after the version, in one word. */
export function valueOf(row: HistoryRow): string {
  if (row.stands) return row.code || row.entry.text;
  if (row.type !== 'assignment') return t('history.deletedThing');
  return row.entry.operation === 'delete' ? t('history.deleted') : t('history.movedAway');
}
