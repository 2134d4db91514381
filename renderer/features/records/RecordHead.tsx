import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconEye, IconEyeOff, IconLock, IconUser, IconUsers } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useViewed } from '../../position/viewed.ts';
import { showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { AskedLink } from './AskedLink.tsx';
import { labelOf, type RecordKind } from './record-type.ts';
import { useViewedName } from './useRecords.ts';
import style from './record.module.css';

/** Which record it is: name, identifier that never changes, branch, and whose version shows. */
export function RecordHead({
  kind,
  seen,
  branch,
  onBack,
  actions,
}: {
  readonly kind: RecordKind;
  readonly seen: SeenRecord;
  readonly branch: string;
  readonly onBack: () => void;
  readonly actions?: React.ReactNode;
}): React.JSX.Element {
  return (
    <header className={style.head}>
      <Tooltip label={t('records.back', { plural: kind.definition.plural })}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={style.back}
          aria-label={t('records.back', { plural: kind.definition.plural })}
          onClick={onBack}
        >
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={style.naming}>
        <h2 ref={takeLostFocus} tabIndex={-1} className={style.title} title={seen.title}>
          {seen.title}
        </h2>
        <div className={style.facts}>
          <Identifier kind={kind} seen={seen} />
          <span>{t('records.onBranch', { branch })}</span>
          <SourceChip seen={seen} />
        </div>
      </div>
      <div className={style.actions}>{actions}</div>
    </header>
  );
}

function SourceChip({ seen }: { readonly seen: SeenRecord }): React.JSX.Element {
  const name = useViewedName();
  if (seen.source === 'shared')
    return (
      <>
        <Tooltip label={t('records.showingMasterLong')}>
          <span className={style.chip} data-source="shared">
            <IconUsers size={12} stroke={1.9} aria-hidden />
            {t('records.showingMaster')}
          </span>
        </Tooltip>
        {seen.version !== null && <span>{t('records.firstVersion')}</span>}
      </>
    );
  return (
    <span className={style.chip} data-source={seen.source}>
      <IconUser size={12} stroke={1.9} aria-hidden />
      {seen.source === 'offered'
        ? t('records.offeredVersion', { name: name ?? '', number: seen.version ?? 0 })
        : t('records.ownVersion', { number: seen.version ?? 0 })}
    </span>
  );
}

/** The identifier with its lock. A patient's is masked until it is asked for, and that it was asked for is logged. */
function Identifier({ kind, seen }: { readonly kind: RecordKind; readonly seen: SeenRecord }): React.JSX.Element {
  const { call } = useEngine();
  const { input } = useViewed();
  const [digits, setDigits] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: () => call.views.reveal({ type: seen.type, id: seen.id, branch: input.branch }),
    onSuccess: ({ identifier }) => {
      setDigits(identifier);
      announce(t('records.shown'));
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  const label = labelOf(kind, kind.identifier);
  const canShow = kind.masked && input.view === undefined;
  return (
    <span className={style.identifier} title={`${label}: ${t('records.fixed')}`}>
      <IconLock size={12} stroke={1.9} aria-hidden />
      {label} <b>{digits === null ? seen.identifier : cpfText(digits)}</b>
      <span className="visually-hidden">{t('records.fixed')}</span>
      {canShow && (
        <Tooltip label={t('records.showHint')}>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={reveal.isPending}
            leftSection={digits === null ? <IconEye size={13} aria-hidden /> : <IconEyeOff size={13} aria-hidden />}
            aria-description={digits === null ? t('records.showHint') : undefined}
            onClick={() => {
              if (digits === null) return reveal.mutate();
              setDigits(null);
              announce(t('records.hidden'));
            }}
          >
            {digits === null ? t('records.show') : t('records.hide')}
          </Button>
        </Tooltip>
      )}
      {canShow && <AskedLink seen={seen} />}
    </span>
  );
}

/** `123.456.789-09`; anything else as it is. */
function cpfText(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
}

// In a narrow window the list that was clicked is gone: the keyboard goes on from the name.
function takeLostFocus(heading: HTMLElement | null): void {
  const focused = document.activeElement;
  const lost = focused === null || focused === document.body || (focused instanceof HTMLElement && focused.offsetParent === null);
  if (lost) heading?.focus({ preventScroll: true });
}
