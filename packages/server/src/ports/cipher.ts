/** Which cell of the database a secret belongs to, such as `claims.code/0198…`. */
export type CipherContext = string;

/** The key that a text was sealed with. */
export interface SealingKey {
  /** Its name, which gives nothing away; `undefined` when the text says none. */
  kid: string | undefined;
  /** Whether it is the one that seals now. */
  isNewest: boolean;
}

/**
 * Encrypts what must not be readable in the database. What was sealed for one cell does not open for another.
 */
export interface Cipher {
  seal(plain: string, context: CipherContext): Promise<string>;
  /** @throws CipherError when the text was altered, moved from another cell, or its key is no longer known */
  open(sealed: string, context: CipherContext): Promise<string>;
  /**
   * Says which key a text was sealed with, without opening it; never throws. A cipher without it can rotate as well:
   * everything is then sealed anew each time.
   */
  keyOf?(sealed: string): SealingKey;
}
