import { defineEntityType } from '../definition.ts';
import { choiceField, integerField, objectField, patternField, setField, textField, textOf } from '../field.ts';

const hash = { pattern: /^[0-9a-f]{64}$/, form: '64 lower-case hex digits', max: 64 } as const;

/** A user's own version of a shared record, on the line of that user's view. It is written by the views commands alone. */
export const ownVersion = defineEntityType({
  type: 'own_version',
  label: 'own version',
  plural: 'own versions',
  internal: true,
  fields: {
    entityType: textField('Type', { max: 64, required: true, immutable: true }),
    entityId: textField('Id', { max: 64, required: true, immutable: true }),
    /** Counts per record over all users, and is never given twice. */
    number: integerField('Number', { min: 1, max: 1_000_000_000, required: true, immutable: true }),
    status: choiceField('Status', { draft: 'draft', active: 'active', archived: 'archived' }, { required: true }),
    /** The shared version it came from, and the commit at which it was seen. */
    base: patternField('Shared version', hash),
    baseCommit: patternField('Shared at', hash),
    own: objectField('Fields', { max: 200_000, personal: true }),
    cleared: setField('Left empty', { max: 64, count: 100 }),
    summary: textField('Summary', { max: 500, personal: true }),
    /** Where it was adopted from: a user and the number there. */
    adoptedFrom: textField('Adopted from', { max: 200 }),
    adoptedNumber: integerField('Adopted number', { min: 1, max: 1_000_000_000 }),
  },
  title: (fields) => `Own version of ${textOf(fields, 'entityType') ?? 'a record'}`,
  text: () => 'own version',
});
