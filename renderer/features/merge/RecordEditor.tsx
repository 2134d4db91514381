import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Fields, Json } from '../../../shared/json.ts';
import { checkFields, findEntityType } from '../../../shared/roster/entity-type.ts';
import { t } from '../../messages/index.ts';
import { controlOf, fieldTypeOf } from './value-control.ts';
import { ValueInput } from './ValueInput.tsx';

/** Edits a whole record that one side deleted and the other kept; what is saved is the decision. */
export function RecordEditor({
  title,
  type,
  fields: start,
  branch,
  onClose,
  onSave,
}: {
  readonly title: string;
  readonly type: string;
  readonly fields: Fields;
  readonly branch: string;
  readonly onClose: () => void;
  readonly onSave: (fields: Fields) => void;
}): React.JSX.Element {
  const [fields, setFields] = useState<Fields>(start);
  const definition = findEntityType(type);
  const filled = definition ? withoutNothing(definition.normalise(withoutNothing(fields))) : fields;
  const problems = definition ? checkFields(definition, filled) : [];
  const [all, setAll] = useState(false);
  const settable = Object.keys(definition?.fields ?? fields).filter((name) => fieldTypeOf(type, name)?.kind !== 'computed');
  const shown = settable.filter((name) => name in start || fieldTypeOf(type, name)?.required || (all && controlOf(type, name) !== 'json'));
  return (
    <Modal opened onClose={onClose} title={t('merge.editTitle', { title })} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problems.length === 0) onSave(filled);
        }}
      >
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t('merge.editExplain')}
          </Text>
          {shown.map((name) => (
            <ValueInput
              key={name}
              type={type}
              field={name}
              label={fieldTypeOf(type, name)?.label ?? name}
              visibleLabel
              branch={branch}
              value={fields[name] ?? null}
              problem={problems.find(({ field }) => field === name)?.problem ?? null}
              onChange={(value: Json) => setFields({ ...fields, [name]: value })}
            />
          ))}
          <Group justify="flex-end" gap="xs">
            {!all && shown.length < settable.length && (
              <Button variant="subtle" mr="auto" onClick={() => setAll(true)}>
                {t('merge.moreFields')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={problems.length > 0}>
              {t('merge.editSave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function withoutNothing(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
