import type { CipherContext } from './cipher.ts';

/** One sealed text, and where it stands. */
export interface SealedText {
  /** What it is: a code or a token of a claim, the PIN of a number, or the code of a text for a number of the pool. */
  kind: 'code' | 'token' | 'pin' | 'text';
  /** Of the claim, or Meta's id of the number. */
  id: string;
  /** What it was sealed for. */
  cell: CipherContext;
  sealed: string;
}

/** Which rows are meant: those of claims, with a code or a token or both, those of PINs, or those of numbers with a text. */
export type SealedRows = 'claims' | 'pins' | 'numbers';

/**
 * The part of the store that knows where sealed texts are, so that they can be sealed anew while everything else goes on. As
 * in the whole store each method is one atomic act, durable when its promise resolves.
 */
export interface SealedStore {
  /** How many sealed texts there are now. */
  countSealed(): Promise<number>;
  /**
   * The sealed texts of the next rows by their id.
   *
   * @param input.after the id of the last row before, `''` at the beginning
   * @param input.limit rows, of which each has up to two texts
   * @returns `next`: the id to go on after; `undefined` when these were the last rows
   */
  listSealed(input: {
    rows: SealedRows;
    after: string;
    limit: number;
  }): Promise<{ texts: SealedText[]; next: string | undefined }>;
  /**
   * Puts a new sealed text in place of an old one, wherever the old one still stands. What was written meanwhile stays, and so
   * does everything else in its row.
   *
   * @returns for each, in order, whether it was replaced
   */
  replaceSealed(replacements: readonly { old: SealedText; sealed: string }[]): Promise<boolean[]>;
}
