import { ACCOUNT_TASKS, type AccountTask, type AssignedUser } from './assigned-user.ts';
import type { World } from '../world.ts';

/** Who was added to an account, in the order of adding. */
export function assignedUsersOf(world: World, accountId: string): readonly AssignedUser[] {
  return world.assignedUsers.get(accountId) ?? [];
}

/** Adds a user to an account, or gives one who is there other tasks. */
export function assignUser(world: World, accountId: string, user: AssignedUser): void {
  const others = assignedUsersOf(world, accountId).filter(({ userId }) => userId !== user.userId);
  world.assignedUsers.set(accountId, [...others, user]);
}

/** Takes a user off an account. False when they were not on it. */
export function unassignUser(world: World, accountId: string, userId: string): boolean {
  const users = assignedUsersOf(world, accountId);
  const left = users.filter((user) => user.userId !== userId);
  world.assignedUsers.set(accountId, left);
  return left.length < users.length;
}

/** Whether a user was added to the account with one of these tasks; with any when none are named. */
export function isAssigned(
  world: World,
  accountId: string,
  userId: string,
  tasks: readonly AccountTask[] = ACCOUNT_TASKS,
): boolean {
  const user = assignedUsersOf(world, accountId).find((assigned) => assigned.userId === userId);
  return user !== undefined && user.tasks.some((task) => tasks.includes(task));
}
