import { defineEntityType } from '../definition.ts';
import { textField } from '../field.ts';

/** That a user lets another see and adopt one own version. It stands on the line of the one who offers, until it is withdrawn. */
export const viewOffer = defineEntityType({
  type: 'view_offer',
  label: 'offer',
  plural: 'offers',
  internal: true,
  fields: {
    entityType: textField('Type', { max: 64, required: true, immutable: true }),
    entityId: textField('Id', { max: 64, required: true, immutable: true }),
    /** The own version that is offered: what its owner saves later stays private. */
    version: textField('Version', { max: 64, required: true, immutable: true }),
    to: textField('To', { max: 200, required: true, immutable: true }),
    note: textField('Note', { max: 500, personal: true }),
  },
  title: () => 'Offer',
  text: () => 'offer',
});
