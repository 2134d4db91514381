import { ActionIcon, Alert, Button, Loader, Title } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowUp, IconLock, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HouseRule } from '../../../shared/contract/app/merges.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import { moveRule, ruleText, subjectText, takeText } from './rule-words.ts';
import style from './house-rules.module.css';

type Saved = { readonly rules: readonly HouseRule[]; readonly said: string; readonly undoTo?: readonly HouseRule[] };

/** What decides before people are asked when branches come together: the rules of the programme, each saved as it is made. */
export function HouseRulesScreen(): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const answer = useQuery(query.merges.rules.queryOptions({ input: {} }));
  const user = useQuery(query.session.get.queryOptions()).data;
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const rules = answer.data?.rules ?? [];
  const mayChange = user?.role === 'approver' || user?.role === 'admin';
  const save = useMutation({
    mutationFn: ({ rules: next }: Saved) => call.merges.setRules({ rules: [...next] }),
    onSuccess: (_, { said, undoTo }) => {
      setEdited(null);
      if (undoTo === undefined) announce(said);
      else
        showActionToast({
          message: said,
          label: t('houseRules.undo'),
          run: () => save.mutate({ rules: undoTo, said: t('houseRules.undone') }),
        });
    },
    onError: (error) => {
      if (edited === null) showProblemToast(problemOf(error).message);
    },
    // What merges would find, on every screen, follows the rules.
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: query.merges.key() });
      void queries.invalidateQueries({ queryKey: query.branches.key() });
    },
  });
  const move = (index: number, step: 1 | -1): void =>
    save.mutate({ rules: moveRule(rules, index, step), said: t('houseRules.moved', { at: index + step + 1, count: rules.length }) });
  return (
    <section className={style.screen} aria-labelledby="house-rules-title">
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconArrowLeft size={14} aria-hidden />}
        onClick={() => position.getState().go({ place: { screen: 'branches' } })}
      >
        {t('houseRules.back')}
      </Button>
      <header className={style.head}>
        <Title order={1} size="h3" id="house-rules-title">
          {t('houseRules.screen')}
        </Title>
        <Button
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={!mayChange}
          onClick={() => {
            save.reset();
            setEdited('new');
          }}
        >
          {t('houseRules.add')}
        </Button>
      </header>
      <p className={style.explain}>{t('houseRules.explain')}</p>
      {user && !mayChange && (
        <p className={style.locked}>
          <IconLock size={15} stroke={1.8} aria-hidden />
          {t('houseRules.notAllowed', { name: user.name })}
        </p>
      )}
      {answer.isPending && <Loader size="sm" aria-label={t('common.loading')} />}
      {answer.error && (
        <Alert color="red" role="alert">
          {t('houseRules.failed', { problem: problemOf(answer.error).message })}
        </Alert>
      )}
      {answer.data && rules.length === 0 && <p className={style.none}>{t('houseRules.none')}</p>}
      {rules.length > 0 && (
        <>
          <ol className={style.rules} aria-label={t('houseRules.list')}>
            {rules.map((rule, index) => (
              <li key={`${rule.type} ${rule.field ?? ''}`} className={style.rule}>
                <span className={style.number} aria-hidden>
                  {index + 1}
                </span>
                <span className={style.words}>
                  {t('houseRules.when')} <strong>{subjectText(rule)}</strong>, {takeText(rule)}.
                </span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={!mayChange || index === 0 || save.isPending}
                  aria-label={t('houseRules.up', { rule: ruleText(rule) })}
                  onClick={() => move(index, -1)}
                >
                  <IconArrowUp size={15} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={!mayChange || index === rules.length - 1 || save.isPending}
                  aria-label={t('houseRules.down', { rule: ruleText(rule) })}
                  onClick={() => move(index, 1)}
                >
                  <IconArrowDown size={15} aria-hidden />
                </ActionIcon>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={!mayChange}
                  aria-label={t('houseRules.editOf', { rule: ruleText(rule) })}
                  onClick={() => {
                    save.reset();
                    setEdited(index);
                  }}
                >
                  {t('houseRules.edit')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  disabled={!mayChange || save.isPending}
                  aria-label={t('houseRules.removeOf', { rule: ruleText(rule) })}
                  onClick={() =>
                    save.mutate({ rules: rules.filter((each) => each !== rule), said: t('houseRules.removed'), undoTo: rules })
                  }
                >
                  {t('houseRules.remove')}
                </Button>
              </li>
            ))}
          </ol>
          <p className={style.order}>{t('houseRules.order')}</p>
        </>
      )}
      {edited !== null && (
        <RuleDialog
          rule={edited === 'new' ? null : (rules[edited] ?? null)}
          others={rules.filter((_, index) => index !== edited)}
          saving={save.isPending}
          problem={save.error ? problemOf(save.error).message : null}
          onClose={() => setEdited(null)}
          onSave={(rule) =>
            save.mutate(
              edited === 'new'
                ? { rules: [...rules, rule], said: t('houseRules.added'), undoTo: rules }
                : { rules: rules.map((each, index) => (index === edited ? rule : each)), said: t('houseRules.changed'), undoTo: rules },
            )
          }
        />
      )}
    </section>
  );
}
