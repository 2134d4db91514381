import { defineEntityType } from '../definition.ts';
import { booleanField, integerField, setField, textField, textOf } from '../field.ts';

const count = { min: 0, max: 1_000_000_000, required: true } as const;

/** That a list of shared records and links was taken over. It stands on the line `access`; what it made is found by its commits and links. */
export const viewMigration = defineEntityType({
  type: 'view_migration',
  label: 'migration',
  plural: 'migrations',
  internal: true,
  fields: {
    entityType: textField('Type', { max: 64, required: true, immutable: true }),
    /** The full name of the branch's ref as it was then. */
    branch: textField('Branch', { max: 200, required: true, immutable: true }),
    file: textField('File', { max: 300, required: true, personal: true }),
    masters: integerField('Records', count),
    links: integerField('Links', count),
    skipped: integerField('Skipped', count),
    /** The commits that made the shared records. */
    commits: setField('Commits', { max: 64, count: 10_000 }),
    /** It was taken back, as far as nobody had used what it made. */
    reversed: booleanField('Taken back'),
  },
  title: (fields) => `Migration of ${textOf(fields, 'entityType') ?? 'records'}`,
  text: () => 'migration',
});
