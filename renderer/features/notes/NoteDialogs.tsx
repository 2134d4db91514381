import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { type NoteTarget, stepRequest, type StepRequest, useStepRequest } from '../../position/step-request.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { type Command, useCommands } from '../../ui/commands.ts';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { NoteList } from './NoteList.tsx';
import style from './notes.module.css';

/** The dialogs for tags and comments, on whatever was asked for; and the commands that ask for the moment on screen. Mounted once. */
export function NoteDialogs(): React.JSX.Element {
  const asked = useStepRequest();
  const request = asked === null || asked.kind === 'revert' ? null : asked;
  const close = stepRequest.getState().close;
  useMomentCommands();
  return (
    <Modal
      opened={request !== null}
      onClose={close}
      title={request ? t(request.kind === 'tag' ? 'notes.tagTitle' : 'notes.commentTitle') : ''}
      size="md"
    >
      {request && <NoteForm key={JSON.stringify(request)} request={request} close={close} />}
    </Modal>
  );
}

function NoteForm({
  request,
  close,
}: {
  readonly request: Exclude<StepRequest, { kind: 'revert' }>;
  readonly close: () => void;
}): React.JSX.Element {
  const { kind, target } = request;
  const engine = useEngine();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const on = target.kind === 'commit' ? { commit: target.commit } : versionOf(target);
  const save = useMutation({
    mutationFn: async () =>
      kind === 'tag' ? engine.call.notes.tag({ ...on, tag: text.trim() }) : engine.call.notes.comment({ ...on, text: text.trim() }),
    onSuccess: () => {
      announce(kind === 'tag' ? t('notes.tagged', { tag: text.trim() }) : t('notes.commented'));
      close();
    },
    onError: (error) => setProblem(problemOf(error).message),
  });
  const submit = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    if (text.trim() === '') setProblem(t('notes.needsText'));
    else if (kind === 'tag' && text.trim().length > 100) setProblem(t('notes.tooLong'));
    else save.mutate();
  };
  const write = (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    setText(event.currentTarget.value);
    setProblem(null);
  };
  return (
    <form onSubmit={submit} className={style.form}>
      <p className={style.target}>{target.title}</p>
      {kind === 'tag' ? (
        <TextInput
          data-autofocus
          label={t('notes.tagName')}
          description={t('notes.tagHint')}
          value={text}
          error={problem}
          onChange={write}
        />
      ) : (
        <Textarea
          data-autofocus
          label={t('notes.commentText')}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          error={problem}
          onChange={write}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
      )}
      <div className={style.buttons}>
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t(kind === 'tag' ? 'notes.addTag' : 'notes.addComment')}
        </Button>
      </div>
      <NoteList target={target} kind={kind} />
    </form>
  );
}

function versionOf({ type, id, version, commit }: Extract<NoteTarget, { kind: 'version' }>) {
  return { type, id, version, commit };
}

/** Tag and comment on the step that is on screen, from anywhere. */
function useMomentCommands(): void {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const input = { branch, ...(moment.kind === 'commit' && { at: moment.commit }) };
  const step = useQuery(engine.query.commits.at.queryOptions({ input })).data;
  useCommands(
    useMemo((): readonly Command[] => {
      const ask = (kind: 'tag' | 'comment') => () => {
        if (!step) return;
        const title = t('notes.thisMoment', { position: step.position, time: instantText(step.at) });
        stepRequest.getState().ask({ kind, target: { kind: 'commit', commit: step.commit, title } });
      };
      const disabledReason = step ? null : t('notes.nothingYet');
      return [
        { id: 'note.tag', title: t('notes.commandTag'), section: 'review', words: 'name flag label', disabledReason, run: ask('tag') },
        {
          id: 'note.comment',
          title: t('notes.commandComment'),
          section: 'review',
          words: 'note remark',
          disabledReason,
          run: ask('comment'),
        },
      ];
    }, [step]),
  );
}
