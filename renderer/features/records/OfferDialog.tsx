import { Modal, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { UserId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { DialogEnd } from './DialogEnd.tsx';
import { useSession } from './useRecords.ts';
import style from './record.module.css';

/** Lets somebody see and take over one own version. */
export function OfferDialog({
  seen,
  version,
  onClose,
}: {
  readonly seen: SeenRecord;
  /** Which of one's own versions; the one that shows unless told. */
  readonly version?: number | undefined;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const session = useSession();
  const record = { type: seen.type, id: seen.id };
  const versions = useQuery(query.views.versions.queryOptions({ input: { ...record, limit: 500 } })).data?.items ?? [];
  const [to, setTo] = useState<string | null>(null);
  const [number, setNumber] = useState<string>(String(version ?? seen.version ?? ''));
  const [note, setNote] = useState('');
  const others = (session?.users ?? []).filter(({ userId }) => userId !== session?.userId);
  const offer = useMutation({
    mutationFn: (user: string) =>
      call.views.offer({
        ...record,
        to: UserId.parse(user),
        branch,
        ...(number !== '' && { version: Number(number) }),
        ...(note.trim() !== '' && { note: note.trim() }),
      }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      const message = t('records.offeredSaid', { number: made.number, name: made.toName });
      announce(message);
      notifications.show({ message });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('records.offerTitle')}>
      <form
        className={style.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== null) offer.mutate(to);
        }}
      >
        <p className={style.dialogText}>{others.length === 0 ? t('records.offerNobody') : t('records.offerText')}</p>
        <Select
          data-autofocus
          label={t('records.offerTo')}
          placeholder={t('records.offerToHint')}
          data={others.map(({ userId, name }) => ({ value: userId, label: name }))}
          value={to}
          searchable={others.length > 8}
          onChange={setTo}
        />
        {versions.length > 0 && (
          <Select
            label={t('records.offerVersion')}
            allowDeselect={false}
            data={versions.map((own) => ({
              value: String(own.number),
              label: `${t('records.version', { number: own.number })}${own.inUse ? `, ${t('records.offerShown')}` : ''}`,
            }))}
            value={number}
            onChange={(value) => setNumber(value ?? '')}
          />
        )}
        <Textarea
          label={t('records.offerNote')}
          placeholder={t('records.offerNoteHint')}
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <DialogEnd run={offer} blocked={to === null} label={t('records.offerDo')} onClose={onClose} />
      </form>
    </Modal>
  );
}
