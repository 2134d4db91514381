import { defineEntityType } from '../definition.ts';
import { booleanField, choiceField, integerField, textField, textOf } from '../field.ts';

/** That a user may see a shared record, and which own version shows. One per record on the line of a view; it stays when the link ends. */
export const viewLink = defineEntityType({
  type: 'view_link',
  label: 'link',
  plural: 'links',
  internal: true,
  fields: {
    entityType: textField('Type', { max: 64, required: true, immutable: true }),
    entityId: textField('Id', { max: 64, required: true, immutable: true }),
    linked: booleanField('Linked', { required: true }),
    /** How it came about. `open` links say that somebody took up a record everybody sees anyway. */
    origin: choiceField(
      'Origin',
      { register: 'registered', attach: 'attached', migrate: 'migrated', adopt: 'adopted' },
      { required: true },
    ),
    /** The registration or migration that made the record: from then on only linked users see it. */
    guards: booleanField('Guards'),
    /** The own version that shows; none where the shared record shows. */
    using: textField('In use', { max: 64 }),
    /** Number 1, the version the record began with, is this user's. */
    first: booleanField('Has the first version'),
    /** The highest number given on this link, also to versions that were removed since. */
    lastNumber: integerField('Last number', { min: 1, max: 1_000_000_000 }),
    /** The migration that made the link. */
    migration: textField('Migration', { max: 64 }),
  },
  title: (fields) => `Link to a ${textOf(fields, 'entityType') ?? 'record'}`,
  text: () => 'link',
});
