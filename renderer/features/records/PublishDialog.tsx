import { Checkbox, Modal, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { valueOf } from '../../../shared/json.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { DialogEnd } from './DialogEnd.tsx';
import { formFields, labelOf, valueText, type RecordKind } from './record-type.ts';
import style from './record.module.css';

/** Puts chosen own values into the shared record of the branch on screen. What was changed there too is decided in the merge that opens. */
export function PublishDialog({
  kind,
  seen,
  chosen,
  onClose,
}: {
  readonly kind: RecordKind;
  readonly seen: SeenRecord;
  /** The field it begins with; all unless told. */
  readonly chosen?: string | undefined;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const own = formFields(kind).filter((field) => seen.origins[field] === 'own');
  const [fields, setFields] = useState<readonly string[]>(chosen === undefined ? own : [chosen]);
  const [message, setMessage] = useState('');
  const [reason, setReason] = useState('');
  const say = (text: string): void => {
    announce(text);
    notifications.show({ message: text });
  };
  const publish = useMutation({
    mutationFn: () =>
      call.views.publish({
        type: seen.type,
        id: seen.id,
        fields: [...fields],
        branch,
        ...(message.trim() !== '' && { message: message.trim() }),
        ...(reason.trim() !== '' && { reason: reason.trim() }),
      }),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      onClose();
      switch (answer.kind) {
        case 'published':
          return say(t('records.published', { count: answer.fields.length, branch }));
        case 'unchanged':
          return say(t('records.publishUnchanged'));
        case 'conflicts':
        case 'clashes':
          await queries.invalidateQueries({ queryKey: query.merges.key() });
          say(answer.kind === 'conflicts' ? t('records.publishConflicts', { count: answer.count, branch }) : t('records.publishClashes'));
          position.getState().go({ moment: { kind: 'now' }, place: { screen: 'merge', merge: answer.merge } });
      }
    },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('records.publishTitle', { branch })}>
      <form
        className={style.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.length > 0) publish.mutate();
        }}
      >
        <p className={style.dialogText}>{t('records.publishText', { branch })}</p>
        <Checkbox.Group label={t('records.publishFields')} value={[...fields]} onChange={setFields}>
          <div className={style.publishFields}>
            {own.map((field, index) => {
              const old = valueText(kind, field, valueOf(seen.shared.fields, field)) || t('records.emptyValue');
              const now = valueText(kind, field, valueOf(seen.fields, field)) || t('records.emptyValue');
              return (
                <Checkbox
                  key={field}
                  value={field}
                  data-autofocus={index === 0 || undefined}
                  label={
                    <span className={style.oldNew}>
                      <span>{labelOf(kind, field)}</span>
                      <del>{old}</del>
                      <span aria-hidden>→</span>
                      <ins>{now}</ins>
                    </span>
                  }
                  aria-label={t('records.publishField', { label: labelOf(kind, field), old, new: now })}
                />
              );
            })}
          </div>
        </Checkbox.Group>
        <TextInput
          label={t('records.publishMessage')}
          placeholder={t('records.publishMessageHint', { branch })}
          maxLength={2000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <Textarea
          label={t('records.publishReason')}
          placeholder={t('records.publishReasonHint')}
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <DialogEnd run={publish} blocked={fields.length === 0} label={t('records.publishDo', { count: fields.length })} onClose={onClose} />
      </form>
    </Modal>
  );
}
