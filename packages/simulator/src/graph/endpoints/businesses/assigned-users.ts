import { assignedUsersOf, assignUser, unassignUser } from '../../../world/businesses/account-users.ts';
import {
  ACCOUNT_TASKS,
  type AccountTask,
  type AssignedUser,
} from '../../../world/businesses/assigned-user.ts';
import { businessOf } from '../../../world/access/caller.ts';
import type { Simulation } from '../../../world/simulation.ts';
import { systemUsersOf } from '../../../world/businesses/system-user.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import { SUCCESS, type GraphCall, type NodeEndpoint } from '../../call/graph-call.ts';
import type { Parameters } from '../../call/parameters.ts';
import { invalidParameter, missingParameter } from '../../errors/general-errors.ts';
import { inOrder, listOf } from '../../forms/list-of.ts';
import type { NodeForm } from '../../forms/select-fields.ts';

const ASSIGNED_USER_FORM: NodeForm<AssignedUser & { readonly name: string; readonly sequence: number }> = {
  type: 'AssignedUser',
  defaults: ['id', 'name', 'tasks'],
  fields: {
    id: ({ userId }) => userId,
    name: ({ name }) => name,
    tasks: ({ tasks }) => tasks,
  },
};

/**
 * `GET /<WABA_ID>/assigned_users?business=…`: the partner's users on the account. `business` is the partner's business;
 * the system users page sends the account's id there, which works too. Throws GraphError 100.
 */
export const listAssignedUsers: NodeEndpoint<WhatsAppAccount> = (deps, account, call) => {
  const business = call.parameters.required('business');
  if (business !== businessOf(call.caller) && business !== account.id) {
    throw invalidParameter('business is not yours');
  }
  const users = ownSystemUsers(deps, call);
  const assigned = assignedUsersOf(deps.world, account.id).flatMap((user) =>
    users.filter(({ id }) => id === user.userId).map(({ name }) => ({ ...user, name })),
  );
  return listOf(deps, call, ASSIGNED_USER_FORM, inOrder(assigned));
};

/** `POST /<WABA_ID>/assigned_users?user=…&tasks=['MANAGE']`: adds a system user to the account. Throws GraphError 100. */
export const assignUserToAccount: NodeEndpoint<WhatsAppAccount> = (deps, account, call) => {
  const userId = readUser(deps, call);
  const tasks = readTasks(call.parameters);
  assignUser(deps.world, account.id, { userId, tasks });
  return SUCCESS;
};

/** `DELETE /<WABA_ID>/assigned_users?user=…`: takes a system user off the account. Throws GraphError 100. */
export const unassignUserFromAccount: NodeEndpoint<WhatsAppAccount> = (deps, account, call) => {
  const userId = readUser(deps, call);
  if (!unassignUser(deps.world, account.id, userId)) {
    throw invalidParameter('user is not assigned to this account');
  }
  return SUCCESS;
};

function ownSystemUsers(deps: Simulation, { caller }: GraphCall) {
  return systemUsersOf(deps, businessOf(caller) ?? '');
}

function readUser(deps: Simulation, call: GraphCall): string {
  const userId = call.parameters.required('user');
  if (!ownSystemUsers(deps, call).some(({ id }) => id === userId)) {
    throw invalidParameter('user is not a system user of your business');
  }
  return userId;
}

/** `['MANAGE']`, `["MANAGE"]`, `MANAGE,DEVELOP`, or a list of a JSON body. */
function readTasks(parameters: Parameters): AccountTask[] {
  const given = parameters.values['tasks'];
  const words = Array.isArray(given) ? given.map(String) : (parameters.text('tasks')?.match(/\w+/g) ?? []);
  if (words.length === 0) throw missingParameter('tasks');
  return words.map((word) => {
    const task = ACCOUNT_TASKS.find((known) => known === word);
    if (task === undefined) throw invalidParameter(`tasks must be of ${ACCOUNT_TASKS.join(', ')}`);
    return task;
  });
}
