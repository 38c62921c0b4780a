import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { minute } from '../../../src/domain/durations.ts';
import { codeMarks, type CodeMarks } from '../../../src/pool/code-marks.ts';
import { receiveText, type ReceiveTextDeps } from '../../../src/pool/receive-text.ts';
import { numberCallBudgets } from '../../../src/domain/number-call-budgets.ts';
import { submitTexts, type SubmitTextsDeps } from '../../../src/pool/submit-texts.ts';
import type { Cipher } from '../../../src/ports/cipher.ts';
import type { Lane } from '../../../src/ports/lane.ts';
import type { NumberCallOutcome } from '../../../src/ports/pool-store.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { poolNumber, t0 } from '../../../src/testing/contract/contract-case.ts';
import { openStore, type engines, type TestDatabase } from '../../support/databases.ts';

export const secret = 'CANARY-text-secret-0123456789-0123456789';
export const unverified = {
  verificationStatus: 'NOT_VERIFIED',
  verifiedAt: undefined,
  verificationExpiresAt: undefined,
};

/** A number that waits for a code, and everything that texts for it pass through; Meta is a function. */
export interface TextWorld {
  store: Store;
  database: TestDatabase;
  cipher: Cipher;
  marks: CodeMarks;
  now(): number;
  pass(ms: number): void;
  /** Codes that Meta was given, in order, and what it says to the next ones: `right` unless told. */
  atMeta: string[];
  meta: { says: (code: string) => NumberCallOutcome };
  log: string[];
  woken: number;
  /** Has the kit ask for a code for the n-th number. */
  ask(over?: {
    n?: number;
    method?: 'SMS' | 'VOICE';
    outcome?: NumberCallOutcome | undefined;
    who?: string;
  }): Promise<void>;
  receive(body: string, over?: Partial<ReceiveTextDeps> & { to?: string }): Promise<string>;
  /** A node's own lane. */
  lane(over?: Partial<SubmitTextsDeps>): Lane;
  /** How many texts wait. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

export const phone = (n = 1): string => poolNumber(n).phoneNumber;
export const textOf = (code: string): string => `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`;

/** Makes it, with so many numbers. */
export async function startTexts(engine: (typeof engines)[number], numbers = 1): Promise<TextWorld> {
  const database = await engine.createMigrated();
  const store = await openStore(database.address);
  let now = t0;
  const keys = (purpose: 'data' | 'marks') => deriveKeys([new Secret(secret)], purpose);
  const cipher = await createJoseCipher(keys('data'));
  const marks = codeMarks(keys('marks'));
  const log: string[] = [];
  const note = (message: string, facts?: object) => void log.push(JSON.stringify({ message, ...facts }));
  for (let n = 1; n <= numbers; n += 1) await store.keepNumber({ number: poolNumber(n, unverified), now });
  const world: TextWorld = {
    store,
    database,
    cipher,
    marks,
    now: () => now,
    pass: (ms) => void (now += ms),
    atMeta: [],
    meta: { says: () => 'done' },
    log,
    woken: 0,
    async ask({ n = 1, method = 'SMS', who = 'kit', ...over } = {}) {
      const outcome = 'outcome' in over ? over.outcome : 'done';
      const leave = await store.spendNumberCall({
        now,
        phoneNumber: phone(n),
        numberId: poolNumber(n).id,
        kind: 'request_code',
        who,
        method,
        budget: { window: minute, calls: 100, apart: 0 },
      });
      if (!leave.allowed) throw new Error('the test may not ask');
      if (outcome !== undefined) await store.endNumberCall({ callId: leave.callId, outcome });
    },
    receive: (body, { to = phone(), ...over } = {}) =>
      receiveText({
        store,
        cipher,
        clock: { now: () => now },
        marks,
        wake: () => (world.woken += 1),
        ...over,
      })({
        to,
        body,
      }),
    lane: (over = {}) =>
      submitTexts({
        store,
        cipher,
        clock: { now: () => now },
        logger: { debug: note, info: note, warn: note, error: note },
        marks,
        handInForClaim: () => Promise.resolve(undefined),
        closing: new AbortController().signal,
        async submitSpent({ code, callId }) {
          world.atMeta.push(code);
          const outcome = world.meta.says(code);
          await store.endNumberCall({
            callId,
            outcome,
            reason: outcome === 'done' ? undefined : 'graph:136025',
          });
          if (outcome !== 'done') throw new Error(`Meta refuses ${code}`);
        },
        ...over,
      }),
    waiting: async () => (await store.listTexts({ limit: 100 })).length,
    async close() {
      await store.close();
      await database.drop();
    },
  };
  return world;
}

/** Writes a try to hand a code in that did not come by text. */
export async function handInByHand(world: TextWorld, outcome: NumberCallOutcome): Promise<void> {
  const leave = await world.store.spendNumberCall({
    now: world.now(),
    phoneNumber: phone(),
    numberId: poolNumber(1).id,
    kind: 'verify_code',
    who: 'ann',
    budget: numberCallBudgets.verify_code,
  });
  if (!leave.allowed) throw new Error('the test may not hand it in');
  await world.store.endNumberCall({ callId: leave.callId, outcome });
}
