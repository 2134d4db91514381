import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { formFields, type RecordKind } from './record-type.ts';
import { useReadOnlyReason } from './useReadOnlyReason.ts';

/** What can be done with one's own version as a whole: let somebody see it, put it into the shared record. */
export function RecordActions({ kind, seen }: { readonly kind: RecordKind; readonly seen: SeenRecord }): React.JSX.Element {
  const [asking, setAsking] = useState<'offer' | 'publish' | null>(null);
  const readOnly = useReadOnlyReason();
  const hasOwn = seen.source === 'own' && formFields(kind).some((field) => seen.origins[field] === 'own');
  const blocked = readOnly ?? (hasOwn ? null : t('records.nothingOwn'));
  const button = (what: 'offer' | 'publish'): React.JSX.Element => (
    <Button
      size="compact-sm"
      variant="default"
      aria-disabled={blocked !== null}
      {...(blocked !== null && { 'data-disabled': true, title: blocked, 'aria-description': blocked })}
      onClick={() => (blocked === null ? setAsking(what) : announce(blocked))}
    >
      {t(`records.${what}`)}
    </Button>
  );
  return (
    <>
      {button('offer')}
      {button('publish')}
      {asking === 'offer' && <OfferDialog seen={seen} onClose={() => setAsking(null)} />}
      {asking === 'publish' && <PublishDialog kind={kind} seen={seen} onClose={() => setAsking(null)} />}
    </>
  );
}
