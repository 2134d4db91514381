import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useId } from 'react';
import type { Offer, SeenRecord } from '../../../shared/contract/app/views.ts';
import { valueOf, type Json } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { t } from '../../messages/index.ts';
import { OriginBadge } from './OriginBadge.tsx';
import { labelOf, valueText, type RecordKind } from './record-type.ts';
import { useViewedName } from './useRecords.ts';
import style from './record.module.css';

interface Props {
  readonly kind: RecordKind;
  readonly field: string;
  readonly seen: SeenRecord;
  /** What was typed and not saved; `null` for nothing. */
  readonly typed: { readonly value: Json } | null;
  /** The field was saved elsewhere since it was typed in. */
  readonly meanwhile: boolean;
  readonly problem: string | null;
  readonly offers: readonly Offer[];
  readonly readOnly: string | null;
  readonly busy: boolean;
  readonly onType: (value: Json) => void;
  /** Takes back what was typed. */
  readonly onTake: () => void;
  readonly onClear: () => void;
}

/** One field: its value, where it comes from, what the shared record and others who offered say instead. */
export function FieldRow(props: Props): React.JSX.Element {
  const { kind, field, seen, typed, meanwhile, problem, offers, readOnly, busy, onTake, onClear } = props;
  const id = useId();
  const viewed = useViewedName();
  const label = labelOf(kind, field);
  const now = valueOf(seen.fields, field);
  const isOwn = seen.origins[field] === 'own';
  const sharedText = valueText(kind, field, valueOf(seen.shared.fields, field)) || t('records.emptyValue');
  // Refused by the rule that the engine refuses by, before it is sent.
  const local = typed === null || typed.value === null ? null : (kind.definition.fields[field]?.check(typed.value) ?? null);
  const differing = offers.filter((offer) => offer.origins[field] === 'own' && !sameJson(valueOf(offer.fields, field), now));
  return (
    <div className={style.row} data-own={isOwn || undefined}>
      <label className={style.label} htmlFor={id} data-required={kind.definition.fields[field]?.required}>
        {label}
      </label>
      <div className={style.control}>
        <Control {...props} id={id} label={label} problem={problem ?? local} />
        {meanwhile && (
          <span className={style.hint} data-alarm>
            {t('records.meanwhile', { text: valueText(kind, field, now) || t('records.emptyValue') })}
            <Button size="compact-xs" variant="subtle" onClick={onTake}>
              {t('records.takeSaved')}
            </Button>
          </span>
        )}
        {isOwn && <span className={style.hint}>{t('records.sharedSays', { text: sharedText })}</span>}
        {differing.map((offer) => (
          <span key={offer.offer} className={style.hint} data-offered>
            {t('records.originOfferedLong', {
              name: offer.fromName,
              text: valueText(kind, field, valueOf(offer.fields, field)) || t('records.emptyValue'),
            })}
          </span>
        ))}
      </div>
      <div className={style.badges}>
        {typed !== null ? (
          <OriginBadge kind="typed" label={t('records.originTyped')} title={t('records.originTypedLong')} />
        ) : seen.source === 'offered' && isOwn ? (
          <OriginBadge kind="offered" label={t('records.originOfferedBy', { name: viewed ?? '' })} />
        ) : isOwn ? (
          <OriginBadge kind="mine" label={t('records.originMine')} title={t('records.originMineLong', { text: sharedText })} />
        ) : (
          <OriginBadge kind="shared" label={t('records.originShared')} title={t('records.originSharedLong')} />
        )}
        {differing.length > 0 && <OriginBadge kind="offered" label={t('records.originOffered')} />}
      </div>
      <div className={style.rowAction}>
        {readOnly === null && (isOwn || typed !== null) && (
          <Tooltip label={isOwn ? t('records.backToShared') : t('records.discard')}>
            <ActionIcon variant="subtle" color="gray" disabled={busy} onClick={isOwn ? onClear : onTake}>
              <IconArrowBackUp size={15} stroke={1.8} aria-hidden />
              {/* Named by its text: what is labelled with the field's name is the field alone. */}
              <span className="visually-hidden">
                {isOwn ? t('records.backToSharedField', { field: label }) : `${t('records.discard')}: ${label}`}
              </span>
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

function Control({
  kind,
  field,
  seen,
  typed,
  problem,
  readOnly,
  onType,
  id,
}: Props & { readonly id: string; readonly label: string }): React.JSX.Element {
  const value = typed === null ? valueOf(seen.fields, field) : typed.value;
  if (isYesNo(kind, field))
    return (
      <Select
        id={id}
        data={[
          { value: 'true', label: t('records.yes') },
          { value: 'false', label: t('records.no') },
        ]}
        placeholder={t('records.choose')}
        clearable={readOnly === null}
        readOnly={readOnly !== null}
        value={typeof value === 'boolean' ? String(value) : null}
        error={problem}
        onChange={(next) => onType(next === null ? null : next === 'true')}
      />
    );
  return (
    <TextInput
      id={id}
      value={typeof value === 'string' ? value : valueText(kind, field, value)}
      readOnly={readOnly !== null}
      error={problem}
      autoComplete="off"
      onChange={(event) => onType(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

/** Whether a field says yes or no: its own check takes nothing else. */
function isYesNo(kind: RecordKind, field: string): boolean {
  const check = kind.definition.fields[field]?.check;
  return check !== undefined && check(true) === null;
}
