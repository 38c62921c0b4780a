import type { Cipher } from '../ports/cipher.ts';
import type { SealedRows, SealedText } from '../ports/sealed-store.ts';
import type { Store } from '../ports/store.ts';

/** What became of the sealed texts: codes, customers' tokens, PINs, and codes that came by text. */
export interface RotatedSecrets {
  /** Sealed anew with the newest secret. */
  sealed: number;
  /** Were sealed with the newest secret before. */
  current: number;
  /** Were changed by somebody else meanwhile, and left alone. */
  changed: number;
  /** Could not be opened, and were left alone: how many, by the name of the key that they say. */
  unreadable: { kid: string | undefined; texts: number }[];
  /** Whether all of them were looked at. `false`: it was interrupted, and what was done stays done. */
  complete: boolean;
}

/** How far a rotation is. */
export interface RotationProgress {
  /** Texts that were looked at. */
  done: number;
  /** Texts that there were at the beginning; more may come meanwhile. */
  total: number;
}

/** What may be asked of a rotation. */
export interface RotationOptions {
  /** Called after each slice. */
  onProgress?: (progress: RotationProgress) => void;
  /** Interrupts it after the slice that is under way. */
  signal?: AbortSignal;
}

/** What a rotation is made of. */
export interface RotateSecretsDeps {
  store: Store;
  cipher: Cipher;
  sleep: (ms: number) => Promise<void>;
}

/** Rows at once: a commit of so many takes a few milliseconds, and nobody waits longer than that. */
const rowsPerSlice = 50;

/** Between two commits the servers have the database for themselves. Milliseconds. */
const rest = 10;

/**
 * Seals everything at rest anew with the newest secret, slice by slice, while the servers go on. It may be killed at any
 * moment and run again: each text is replaced by itself, and only while it still is what was opened.
 *
 * @throws StoreUnavailableError when the database cannot do it now: run it again
 */
export function rotateSecrets({ store, cipher, sleep }: RotateSecretsDeps) {
  return async ({ onProgress, signal }: RotationOptions = {}): Promise<RotatedSecrets> => {
    const count = { sealed: 0, current: 0, changed: 0 };
    const unreadable = new Map<string | undefined, number>();
    const total = await store.countSealed();
    let done = 0;

    const sealAnew = async (old: SealedText): Promise<{ old: SealedText; sealed: string } | undefined> => {
      const key = cipher.keyOf?.(old.sealed);
      if (key?.isNewest === true) {
        count.current += 1;
        return undefined;
      }
      const plain = await cipher.open(old.sealed, old.cell).then(
        (text) => ({ text }),
        () => undefined,
      );
      if (plain === undefined) {
        unreadable.set(key?.kid, (unreadable.get(key?.kid) ?? 0) + 1);
        return undefined;
      }
      return { old, sealed: await cipher.seal(plain.text, old.cell) };
    };

    /** Resolves to whether all rows were looked at. */
    const rotateRows = async (rows: SealedRows): Promise<boolean> => {
      let after: string | undefined = '';
      while (after !== undefined) {
        if (signal?.aborted === true) return false;
        const slice: Awaited<ReturnType<Store['listSealed']>> = await store.listSealed({
          rows,
          after,
          limit: rowsPerSlice,
        });
        const sealed = await Promise.all(slice.texts.map(sealAnew));
        const replacements = sealed.filter((one) => one !== undefined);
        if (replacements.length > 0) {
          const replaced = await store.replaceSealed(replacements);
          count.sealed += replaced.filter(Boolean).length;
          count.changed += replaced.filter((one) => !one).length;
          await sleep(rest);
        }
        done += slice.texts.length;
        onProgress?.({ done, total });
        after = slice.next;
      }
      return true;
    };

    const complete =
      (await rotateRows('claims')) && (await rotateRows('pins')) && (await rotateRows('numbers'));
    return {
      ...count,
      unreadable: [...unreadable].map(([kid, texts]) => ({ kid, texts })),
      complete,
    };
  };
}
