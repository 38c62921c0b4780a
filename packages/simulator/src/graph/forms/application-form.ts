import type { Application } from '../../world/businesses/application.ts';
import type { NodeForm } from './select-fields.ts';

/** An app; of its many documented fields the two that name it. */
export const APPLICATION_FORM: NodeForm<Application> = {
  type: 'Application',
  defaults: ['id', 'name'],
  fields: { id: ({ id }) => id, name: ({ name }) => name },
};
