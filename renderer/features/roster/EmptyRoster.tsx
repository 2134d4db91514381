import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { HalfDay } from '../../../shared/contract/app/roster.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { isTyping } from '../../ui/keys.ts';
import { htmlToBlock, tsvToBlock, type TextBlock } from './clipboard.ts';
import { codeToValue, type CodeBook } from './code-book.ts';
import { createAssignment, createRecord, type PlannedChange } from './edit-plan.ts';
import type { PlannedGesture } from './gestures.ts';
import style from './roster.module.css';

interface Props {
  readonly columns: readonly HalfDay[];
  readonly book: CodeBook;
  readonly past: boolean;
  readonly onAddPerson: () => void;
  readonly onPaste: (gesture: PlannedGesture) => void;
}

/** Nobody is on the roster: how to begin. A block pasted here makes people of its first column and cells of the rest. */
export function EmptyRoster({ columns, book, past, onAddPerson, onPaste }: Props): React.JSX.Element {
  const target = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (past) return undefined;
    const take = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || event.clipboardData === null || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      const plain = event.clipboardData.getData('text/plain');
      const texts = (plain === '' ? htmlToBlock(event.clipboardData.getData('text/html')) : null) ?? tsvToBlock(plain);
      const gesture = planPeople(texts, columns, book);
      if (gesture === null) announce(t('roster.pasteNoNames'));
      else onPaste(gesture);
    };
    document.addEventListener('paste', take);
    return () => document.removeEventListener('paste', take);
  }, [past, columns, book, onPaste]);
  if (past)
    return (
      <div className={style.emptyScreen}>
        <div className={style.emptyCard}>
          <h2>{t('roster.emptyPastTitle')}</h2>
          <p>{t('roster.emptyPastText')}</p>
        </div>
      </div>
    );
  return (
    <div className={style.emptyScreen}>
      <div className={style.emptyCard}>
        <h2>{t('roster.emptyTitle')}</h2>
        <p>{t('roster.emptyText')}</p>
        <div className={style.emptyActions}>
          <Button onClick={onAddPerson}>{t('roster.addPeople')}</Button>
          <Button variant="default" onClick={() => position.getState().go({ place: { screen: 'import' } })}>
            {t('roster.importWorkbook')}
          </Button>
        </div>
        <button ref={target} type="button" className={style.pasteTarget} onClick={() => target.current?.focus()}>
          <b>{t('roster.pasteTarget')}</b>
          <span>{t('roster.pasteTargetHint')}</span>
        </button>
      </div>
    </div>
  );
}

/** People out of a pasted block: the name first, then one code per half day of the days on screen. `null` where there is no name. */
function planPeople(block: TextBlock, columns: readonly HalfDay[], book: CodeBook): PlannedGesture | null {
  const changes: PlannedChange[] = [];
  let people = 0;
  for (const [name = '', ...codes] of block) {
    if (name === '') continue;
    const person = createRecord('person', { name: name.slice(0, 200), type: 'resident' });
    const personId = person.change.id;
    if (personId === undefined) continue;
    people += 1;
    changes.push(person);
    codes.forEach((code, index) => {
      const column = columns[index];
      if (code === '' || column === undefined) return;
      changes.push(createAssignment({ personId, date: column.date, half: column.half, assignments: [] }, codeToValue(book, code)));
    });
  }
  return people === 0 ? null : { message: t('roster.messageAddPeople', { count: people }), changes, cells: people, skipped: 0 };
}
