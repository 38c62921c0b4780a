import type { Business } from '../../../world/businesses/business.ts';
import { systemUsersOf, type SystemUser } from '../../../world/businesses/system-user.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { inOrder, listOf } from '../../forms/list-of.ts';
import type { NodeForm } from '../../forms/select-fields.ts';

const SYSTEM_USER_FORM: NodeForm<SystemUser & { readonly sequence: number }> = {
  type: 'SystemUser',
  defaults: ['id', 'name', 'role'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    role: ({ role }) => role,
  },
};

/** `GET /<BUSINESS_ID>/system_users`: where a partner learns the id to assign. Throws GraphError 100. */
export const listSystemUsers: NodeEndpoint<Business> = (deps, business, call) =>
  listOf(deps, call, SYSTEM_USER_FORM, inOrder(systemUsersOf(deps, business.id)));
