/** Which cell of the database a secret belongs to, such as `claims.code/0198…`. */
export type CipherContext = string;

/**
 * Encrypts what must not be readable in the database. What was sealed for one cell does not open for another.
 */
export interface Cipher {
  seal(plain: string, context: CipherContext): Promise<string>;
  /** @throws CipherError when the text was altered, moved from another cell, or its key is no longer known */
  open(sealed: string, context: CipherContext): Promise<string>;
}
