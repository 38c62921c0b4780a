import { userInfo } from 'node:os';

/** The system's name of who runs this; a container may run it as somebody without a name. */
export function loggedInAs(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
