import { Alert, Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { HouseRule } from '../../../shared/contract/app/merges.ts';
import { EntityType } from '../../../shared/ids.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { fieldChoices, preferenceName, preferencesFor, ruleText, typeChoices } from './rule-words.ts';
import style from './house-rules.module.css';

const everything = '*';

/** Asks for one house rule: which records, which field of them, and what is taken; and says it back as a sentence. */
export function RuleDialog({
  rule,
  others,
  saving,
  problem,
  onSave,
  onClose,
}: {
  /** The rule that is changed; `null` for a new one. */
  readonly rule: HouseRule | null;
  readonly others: readonly HouseRule[];
  readonly saving: boolean;
  readonly problem: string | null;
  readonly onSave: (rule: HouseRule) => void;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const types = typeChoices();
  const [type, setType] = useState<string>(rule?.type ?? types[0]?.value ?? '');
  const [field, setField] = useState<string | null>(rule?.field ?? null);
  const [wanted, setWanted] = useState<HouseRule['prefer']>(rule?.prefer ?? 'target');
  const offered = preferencesFor(type, field);
  const prefer = offered.includes(wanted) ? wanted : 'target';
  const made: HouseRule = { type: EntityType.parse(type), field, prefer };
  const isTwice = others.some((other) => other.type === type && other.field === field);
  return (
    <Modal opened onClose={onClose} title={t(rule === null ? 'houseRules.addTitle' : 'houseRules.editTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isTwice) onSave(made);
        }}
      >
        <Stack gap="sm">
          <Select
            label={t('houseRules.records')}
            data={types}
            value={type}
            allowDeselect={false}
            data-autofocus
            onChange={(value) => {
              if (value === null || value === type) return;
              setType(value);
              setField(null);
            }}
          />
          <Select
            label={t('houseRules.field')}
            data={[{ value: everything, label: t('houseRules.fieldAll') }, ...fieldChoices(type)]}
            value={field ?? everything}
            allowDeselect={false}
            searchable
            onChange={(value) => setField(value === everything ? null : value)}
            error={isTwice ? t('houseRules.twice') : null}
          />
          <Select
            label={t('houseRules.prefer')}
            data={offered.map((value) => ({ value, label: preferenceName(value) }))}
            value={prefer}
            allowDeselect={false}
            onChange={(value) => setWanted(offered.find((each) => each === value) ?? 'target')}
          />
          <p className={style.sentence} aria-live="polite">
            {ruleText(made)}
          </p>
          {problem !== null && (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={saving} disabled={isTwice}>
              {t('houseRules.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
