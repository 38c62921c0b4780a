import type { CipherContext } from './cipher.ts';

/** One sealed text, and where it stands. */
export interface SealedText {
  /** What it is: a code or a token of a claim, or the PIN of a number. */
  kind: 'code' | 'token' | 'pin';
  /** Of the claim, or Meta's id of the number. */
  id: string;
  /** What it was sealed for. */
  cell: CipherContext;
  sealed: string;
}

/** Which rows are meant: those of claims, with a code or a token or both, or those of PINs. */
export type SealedRows = 'claims' | 'pins';

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
