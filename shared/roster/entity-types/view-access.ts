import { defineEntityType } from '../definition.ts';
import { choiceField, textField } from '../field.ts';

/** That a user asked to see what is masked. Ids only: who and when stand in the commit. */
export const viewAccess = defineEntityType({
  type: 'view_access',
  label: 'access',
  plural: 'accesses',
  internal: true,
  fields: {
    entityType: textField('Type', { max: 64, required: true, immutable: true }),
    entityId: textField('Id', { max: 64, required: true, immutable: true }),
    what: choiceField('What', { identifier: 'identifier', export: 'export' }, { required: true }),
    reason: textField('Reason', { max: 2_000, personal: true }),
  },
  title: () => 'Access',
  text: () => 'access',
});
