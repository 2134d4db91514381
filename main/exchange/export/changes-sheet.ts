import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { textCell, type BookRow, type BookSheet } from './book.ts';
import { instantText } from './file-stamp.ts';
import { looks } from './looks.ts';

const kinds = { added: 'added', removed: 'removed', changed: 'changed' } as const;

/** What differs from an earlier moment, a line for each record: what, how, who, when and why. Personal values are not in it. */
export function changesSheet({
  since,
  items,
  total,
}: {
  readonly since: string;
  readonly items: readonly EntityChange[];
  readonly total: number;
}): BookSheet {
  return {
    name: 'Changes since',
    columns: [{ width: 11 }, { width: 14 }, { width: 38 }, { width: 54 }, { width: 20 }, { width: 22 }, { width: 40 }],
    frozen: { rows: 2, columns: 0 },
    filterRow: 2,
    rows: rowsOf(since, items, total),
  };
}

function* rowsOf(since: string, items: readonly EntityChange[], total: number): Generator<BookRow> {
  const cut = total > items.length ? ` These are the first ${items.length} of ${total}.` : '';
  yield {
    cells: [textCell(total === 0 ? `Nothing changed since ${since}.` : `Changes since ${since}: ${total}.${cut}`, looks.title)],
    height: 24,
  };
  yield { cells: ['Change', 'Kind', 'What', 'From and to', 'Who', 'When', 'Why'].map((heading) => textCell(heading, looks.head)) };
  for (const item of items)
    yield {
      cells: [
        textCell(kinds[item.kind], looks.wrapped),
        textCell(item.typeLabel, looks.wrapped),
        textCell(item.title, looks.wrapped),
        textCell(describe(item), looks.wrapped),
        textCell(item.authorName ?? '', looks.wrapped),
        textCell(item.at === null ? '' : instantText(item.at), looks.wrapped),
        textCell([item.message, item.reason].filter(Boolean).join(': '), looks.wrapped),
      ],
    };
}

/** What became of the record in a line. Where only details differ they are told one by one, without the values of personal fields. */
function describe(item: EntityChange): string {
  const fields = findEntityType(item.type)?.fields ?? {};
  const details = item.fields.map(({ field, label, oldText, newText }) => ({
    isPersonal: fields[field]?.personal === true,
    label,
    text: `${label}: ${oldText || 'nothing'} → ${newText || 'nothing'}`,
  }));
  const isTold = item.kind !== 'changed' || !item.text.startsWith(details[0]?.text.slice(0, 100) ?? '');
  return isTold ? item.text : details.map(({ isPersonal, label, text }) => (isPersonal ? `${label}: changed` : text)).join('; ');
}
