import type { NamedKey } from '../config/derive-keys.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Lane } from '../ports/lane.ts';
import { codeMarks } from './code-marks.ts';
import type { PoolDeps } from './deps.ts';
import { poolVerbs, type PoolVerbs } from './pool-verbs.ts';
import { receiveText } from './receive-text.ts';
import { requestCode } from './request-code.ts';
import { submitSpentCode } from './submit-code.ts';
import { submitTexts, type HandInForClaim } from './submit-texts.ts';
import type { SyncedPool } from './sync-pool.ts';

/** What the pool is made of. */
export interface CreatePoolDeps extends PoolDeps {
  cipher: Cipher;
  /** Tell codes from one another; the newest first. */
  markKeys: readonly NamedKey[];
  /** Of texts, where nobody names a language: such as `en_US`. */
  codeLanguage: string;
  /** Hands in codes that came by text for numbers that claims have. */
  handInForClaim: HandInForClaim;
  /** When it is aborted nothing new is begun. */
  closing: AbortSignal;
}

/** The pool's verbs, and what of them goes on in the background. */
export interface Pool {
  requestCode: PoolVerbs['requestCode'];
  /** Hands in the codes that came by text. */
  texts: Lane;
  /** All verbs, with the one that mirrors the pool. */
  verbs(sync: () => Promise<SyncedPool>): PoolVerbs;
}

/** Puts the pool together. */
export function createPool(deps: CreatePoolDeps): Pool {
  const marks = codeMarks(deps.markKeys);
  const texts = submitTexts({ ...deps, marks, submitSpent: submitSpentCode(deps) });
  const ask = requestCode(deps);
  const take = receiveText({ ...deps, marks, wake: () => void texts.begin() });
  return {
    requestCode: ask,
    texts,
    verbs: (sync) => poolVerbs({ ...deps, sync, requestCode: ask, receiveText: take }),
  };
}
