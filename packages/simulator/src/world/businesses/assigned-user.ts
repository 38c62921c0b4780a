/** What a user may do on an account (system users page and SDKs). */
export const ACCOUNT_TASKS = [
  'MANAGE',
  'DEVELOP',
  'MANAGE_TEMPLATES',
  'MANAGE_PHONE',
  'VIEW_COST',
  'MANAGE_EXTENSIONS',
  'VIEW_PHONE_ASSETS',
  'MANAGE_PHONE_ASSETS',
  'VIEW_TEMPLATES',
  'VIEW_INSIGHTS',
  'MANAGE_USERS',
  'MANAGE_BILLING',
] as const;

/** One of them. */
export type AccountTask = (typeof ACCOUNT_TASKS)[number];

/** A user of a partner who was added to a customer's account. */
export interface AssignedUser {
  readonly userId: string;
  readonly tasks: readonly AccountTask[];
}
