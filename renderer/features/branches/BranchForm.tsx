import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { t } from '../../messages/index.ts';

export interface BranchWords {
  readonly name: string;
  readonly description: string;
}

/** What a branch is called and what it is for, as a form: of a new one, and of one that is there. */
export function BranchForm({
  words,
  onChange,
  explain,
  nameFixed = false,
  problem,
  busy,
  action,
  onSubmit,
  onClose,
}: {
  readonly words: BranchWords;
  readonly onChange: (words: BranchWords) => void;
  readonly explain?: React.ReactNode;
  /** The name cannot be changed. */
  readonly nameFixed?: boolean;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly action: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}): React.JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack gap="sm">
        {explain}
        <TextInput
          label={t('branches.name')}
          placeholder={t('branches.namePlaceholder')}
          value={words.name}
          onChange={(event) => onChange({ ...words, name: event.currentTarget.value })}
          disabled={nameFixed}
          error={problem}
          data-autofocus
          required
          maxLength={100}
        />
        <Textarea
          label={t('branches.description')}
          placeholder={t('branches.descriptionPlaceholder')}
          value={words.description}
          onChange={(event) => onChange({ ...words, description: event.currentTarget.value })}
          autosize
          minRows={2}
          maxLength={2000}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={words.name.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
