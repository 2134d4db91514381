import { IconAlertTriangle, IconUser, IconUsers } from '@tabler/icons-react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { valueOf } from '../../../shared/json.ts';
import { t } from '../../messages/index.ts';
import { labelOf, valueText, type RecordKind } from './record-type.ts';
import { useViewedName } from './useRecords.ts';
import style from './records.module.css';

/** The list itself: a row per record, a mark on every value that is one's own. Arrow keys go from name to name. */
export function RecordTable({
  kind,
  items,
  chosen,
  onOpen,
}: {
  readonly kind: RecordKind;
  readonly items: readonly SeenRecord[];
  readonly chosen: string | null;
  readonly onOpen: (id: string) => void;
}): React.JSX.Element {
  const viewed = useViewedName();
  return (
    <table className={style.table} aria-label={t(kind.type === 'clinic' ? 'records.clinics' : 'records.patients')}>
      <thead>
        <tr>
          <th scope="col">{labelOf(kind, 'name')}</th>
          <th scope="col">{labelOf(kind, kind.identifier)}</th>
          {kind.columns.map((field) => (
            <th key={field} scope="col" data-extra>
              {labelOf(kind, field)}
            </th>
          ))}
          <th scope="col" data-extra>
            {t('records.seenAs')}
          </th>
        </tr>
      </thead>
      <tbody ref={followArrows}>
        {items.map((item) => (
          <tr key={item.id} data-chosen={item.id === chosen || undefined} onClick={() => onOpen(item.id)}>
            <td>
              <button
                type="button"
                data-record={item.id}
                className={style.open}
                aria-current={item.id === chosen || undefined}
                title={item.title}
              >
                {item.title}
              </button>
              <Mark item={item} field="name" />
            </td>
            <td className={style.identifier}>{item.identifier}</td>
            {kind.columns.map((field) => (
              <td key={field} data-extra title={valueText(kind, field, valueOf(item.fields, field))}>
                {valueText(kind, field, valueOf(item.fields, field))}
                <Mark item={item} field={field} />
              </td>
            ))}
            <td data-extra>
              <SourceMark item={item} viewed={viewed} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ item, field }: { readonly item: SeenRecord; readonly field: string }): React.JSX.Element | null {
  if (item.origins[field] !== 'own' || item.source === 'offered') return null;
  return (
    <span className={style.mark} title={t('records.originMine')}>
      <IconUser size={11} stroke={2} aria-hidden />
      <span className="visually-hidden">{t('records.mineMark')}</span>
    </span>
  );
}

function SourceMark({ item, viewed }: { readonly item: SeenRecord; readonly viewed: string | null }): React.JSX.Element {
  const Glyph = item.source === 'shared' ? IconUsers : IconUser;
  return (
    <span
      className={style.source}
      data-source={item.source}
      title={item.source === 'offered' ? t('records.offeredVersion', { name: viewed ?? '', number: item.version ?? 0 }) : undefined}
    >
      <Glyph size={12} stroke={1.9} aria-hidden />
      {item.source === 'offered'
        ? t('records.offeredShort', { number: item.version ?? 0 })
        : item.source === 'own'
          ? t('records.ownVersion', { number: item.version ?? 0 })
          : t('records.sharedShort')}
      {item.drifted && (
        <span className={style.drifted} title={t('records.driftedMark')}>
          <IconAlertTriangle size={12} stroke={1.9} aria-hidden />
          <span className="visually-hidden">{t('records.driftedMark')}</span>
        </span>
      )}
    </span>
  );
}

function followArrows(body: HTMLElement | null): (() => void) | undefined {
  if (body === null) return undefined;
  const listen = (event: KeyboardEvent): void => moveByArrow(event, body);
  body.addEventListener('keydown', listen);
  return () => body.removeEventListener('keydown', listen);
}

function moveByArrow(event: KeyboardEvent, body: HTMLElement): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const buttons = [...body.querySelectorAll<HTMLButtonElement>('button')];
  const here = buttons.findIndex((button) => button === document.activeElement);
  const last = buttons.length - 1;
  const next = { ArrowDown: Math.min(last, here + 1), ArrowUp: Math.max(0, here - 1), Home: 0, End: last }[event.key];
  if (here < 0 || next === undefined) return;
  event.preventDefault();
  buttons[next]?.focus();
}
