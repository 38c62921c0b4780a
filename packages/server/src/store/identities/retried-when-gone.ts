/** A customer who was known a moment ago was removed before they could be locked. The act is to be done anew. */
export class IdentityGoneError extends Error {
  override readonly name = 'IdentityGoneError';
}

/** Nobody removes one customer more often between two looks. */
const looks = 6;

/** Runs an act again when a customer was removed in between: the next time they are unknown. */
export async function retriedWhenGone<T>(act: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look += 1) {
    try {
      return await act();
    } catch (error) {
      if (look === looks || !(error instanceof IdentityGoneError)) throw error;
    }
  }
}
