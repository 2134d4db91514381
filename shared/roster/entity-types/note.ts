import { defineEntityType } from '../definition.ts';
import { choiceField, patternField, textField, textOf } from '../field.ts';

const hash = { pattern: /^[0-9a-f]{64}$/, form: '64 lower-case hex digits', max: 64, immutable: true } as const;

/** A tag or a comment on a commit or on a version. It lives on the line `notes` and is written by the notes commands alone. */
export const note = defineEntityType({
  type: 'note',
  label: 'note',
  plural: 'notes',
  internal: true,
  fields: {
    kind: choiceField('Kind', { tag: 'tag', comment: 'comment' }, { required: true }),
    text: textField('Text', { max: 10_000, required: true }),
    commit: patternField('Commit', hash),
    entityType: textField('Type', { max: 64, immutable: true }),
    entityId: textField('Id', { max: 64, immutable: true }),
    version: patternField('Version', hash),
  },
  title: (fields) => (textOf(fields, 'kind') === 'tag' ? `Tag ${textOf(fields, 'text') ?? ''}` : 'Comment'),
  text: (fields) => textOf(fields, 'text') ?? '',
});
