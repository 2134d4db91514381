import { Button, CloseButton, Loader, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import { announce } from '../../ui/announcer.tsx';
import { isChord, isTyping } from '../../ui/keys.ts';
import { EmptyRecords } from './EmptyRecords.tsx';
import { RecordTable } from './RecordTable.tsx';
import type { RecordKind } from './record-type.ts';
import { useRecordList } from './useRecords.ts';
import style from './records.module.css';

/** The records of one type that the view on screen shows, with a search in what it shows. */
export function RecordList({
  kind,
  chosen,
  tools,
  onOpen,
  onRegister,
}: {
  readonly kind: RecordKind;
  readonly chosen: string | null;
  readonly tools: React.ReactNode;
  readonly onOpen: (id: string) => void;
  readonly onRegister: () => void;
}): React.JSX.Element {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 120);
  const list = useRecordList(kind.type, wanted);
  const { input } = useViewed();
  const search = useRef<HTMLInputElement>(null);
  useFindKey(search);
  useFocusBack(chosen);
  const isClinic = kind.type === 'clinic';
  const items: readonly SeenRecord[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? null;
  const counted =
    total === null
      ? ''
      : wanted === ''
        ? t(isClinic ? 'records.clinicCount' : 'records.patientCount', { count: total })
        : t(isClinic ? 'records.clinicFound' : 'records.patientFound', { count: total });
  useSaidCount(list.isPlaceholderData || wanted === '' || total === null ? '' : t('records.foundSaid', { count: total }));
  return (
    <div className={style.listSide}>
      <header className={style.bar}>
        <Title order={1} size="h4" id="records-title">
          {t(isClinic ? 'records.clinics' : 'records.patients')}
        </Title>
        <span className={style.count}>{counted}</span>
        <span className={style.space} />
        {tools}
      </header>
      <div className={style.searchRow}>
        <TextInput
          ref={search}
          type="search"
          className={style.search}
          value={text}
          maxLength={200}
          aria-label={t(isClinic ? 'records.searchClinics' : 'records.searchPatients')}
          aria-keyshortcuts="/ Control+F"
          placeholder={t(isClinic ? 'records.searchClinicsHint' : 'records.searchPatientsHint')}
          leftSection={<IconSearch size={13} aria-hidden />}
          rightSection={text === '' ? <kbd className={style.key}>/</kbd> : <Clear onClick={() => setText('')} />}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.preventDefault();
              setText('');
            }
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              document.querySelector<HTMLElement>(`[data-records] button`)?.focus();
            }
          }}
        />
      </div>
      {list.isPending && <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />}
      {list.error && (
        <p className={style.problem} role="alert">
          {t('records.loadFailed', { problem: problemOf(list.error).message })}
        </p>
      )}
      {total === 0 && wanted !== '' && (
        <div className={style.none}>
          <strong>{t('records.nothingFound', { text: wanted })}</strong>
          <span>{t('records.nothingFoundText')}</span>
        </div>
      )}
      {total === 0 && wanted === '' && <EmptyRecords kind={kind} onRegister={onRegister} />}
      {items.length > 0 && (
        <div className={style.scroll} data-stale={list.isPlaceholderData || undefined} data-records>
          <RecordTable key={`${input.view ?? ''} ${kind.type}`} kind={kind} items={items} chosen={chosen} onOpen={onOpen} />
          {list.hasNextPage && (
            <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('records.more', { count: Math.min(200, (total ?? 0) - items.length) })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Clear({ onClick }: { readonly onClick: () => void }): React.JSX.Element {
  return <CloseButton size="xs" aria-label={t('records.clearSearch')} onClick={onClick} />;
}

/** `/` and Ctrl+F lead to the search from anywhere on the screen; the palette keeps Ctrl+K. */
function useFindKey(search: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      if (event.defaultPrevented || (!slash && !isChord(event, 'Mod+F'))) return;
      if (hasOpenLayer()) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [search]);
}

function useSaidCount(text: string): void {
  useEffect(() => {
    if (text !== '') announce(text);
  }, [text]);
}

/** When the open record is closed and took the focus with it, its row has it again. */
function useFocusBack(chosen: string | null): void {
  const before = useRef(chosen);
  useEffect(() => {
    const closed = chosen === null ? before.current : null;
    before.current = chosen;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (closed !== null && lost) document.querySelector<HTMLElement>(`[data-record="${CSS.escape(closed)}"]`)?.focus();
  }, [chosen]);
}

/** Whether a dialog or a list of choices lies over the screen: keys belong to it. What is mounted and hidden does not count. */
function hasOpenLayer(): boolean {
  return [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')].some((layer) => layer.checkVisibility());
}
