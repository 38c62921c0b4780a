import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';
import { idValue, readSuccess, wordValue } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** A user of a business who may work on an account. */
export interface AssignedUser {
  id: string;
  name: string | undefined;
  /** Such as `MANAGE`. */
  tasks: string[];
}

/** Whom to give what to do. */
export interface AssignUserInput {
  wabaId: string;
  /** A system user of the partner. */
  userId: string;
  /** Such as `MANAGE`. @default ['MANAGE'] */
  tasks?: readonly string[] | undefined;
}

/**
 * `POST /<WABA_ID>/assigned_users`: adds a system user to a shared account, which must be done before its credit line is
 * attached (Meta, "Share and revoke credit lines").
 */
export const assignUser: Endpoint<AssignUserInput, void> = {
  repeat: 'idempotent',
  request: ({ wabaId, userId, tasks = ['MANAGE'] }) => ({
    action: 'add the user to the account',
    method: 'POST',
    path: `/${metaId(wabaId)}/assigned_users`,
    body: { user: metaId(userId), tasks },
  }),
  read: readSuccess,
};

/** `DELETE /<WABA_ID>/assigned_users`. */
export const removeUser: Endpoint<{ wabaId: string; userId: string }, void> = {
  repeat: 'idempotent',
  request: ({ wabaId, userId }) => ({
    action: 'remove the user from the account',
    method: 'DELETE',
    path: `/${metaId(wabaId)}/assigned_users`,
    query: { user: metaId(userId) },
  }),
  read: readSuccess,
};

const assignedUser = z.object({
  id: idValue,
  name: wordValue,
  tasks: z.array(z.string()).catch([]),
});

/** `GET /<WABA_ID>/assigned_users`: one page of the users of a business on the account. */
export const listAssignedUsers: Endpoint<
  { wabaId: string; businessId: string } & PageInput,
  GraphPage<AssignedUser>
> = {
  repeat: 'read',
  request: ({ wabaId, businessId, ...page }) => ({
    action: 'list the users of the account',
    method: 'GET',
    path: `/${metaId(wabaId)}/assigned_users`,
    query: { business: metaId(businessId), ...pageQuery(page) },
  }),
  read: (answer) => readPage(assignedUser, answer),
};
