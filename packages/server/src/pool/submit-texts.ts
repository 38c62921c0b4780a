import { textCell } from '../domain/cells.ts';
import { minute } from '../domain/durations.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Lane } from '../ports/lane.ts';
import type { Logger } from '../ports/logger.ts';
import type { NumberInCare } from '../ports/pool-store.ts';
import type { PoolRecord } from '../ports/records.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { Store } from '../ports/store.ts';
import type { CodeMarks } from './code-marks.ts';
import { callsToKnow, isCodeExpected } from './is-code-expected.ts';
import { PoolError } from './pool-errors.ts';
import { numberCallBudgets } from '../domain/number-call-budgets.ts';

/** A code whose call is in the ledger already. */
export interface SpentText {
  /** Six digits. */
  code: string;
  /** What the call has to be ended with. */
  callId: string;
}

/**
 * How the code of a claim's number is handed in; `undefined`: the claim waits for none.
 *
 * @throws whatever keeps the claim from being read, or its token from being opened: nothing was sent then
 */
export type HandInForClaim = (
  claimId: string,
) => Promise<((spent: SpentText) => Promise<unknown>) | undefined>;

/** What handing in the codes of texts is made of. */
export interface SubmitTextsDeps {
  store: Pick<Store, 'listTexts' | 'listNumberCalls' | 'spendText' | 'dropText'>;
  cipher: Pick<Cipher, 'open'>;
  clock: Clock;
  logger: Logger;
  marks: CodeMarks;
  /** Hands a code in to Meta whose call is in the ledger already, and keeps how it ended there. */
  submitSpent: (input: SpentText & { number: PoolRecord }) => Promise<unknown>;
  /** The same for a number that a claim has. */
  handInForClaim: HandInForClaim;
  /** When it is aborted nothing new is begun. */
  closing: AbortSignal;
}

/** The life of a code (Meta, "Verify code"). Milliseconds. */
const life = 10 * minute;

/** Texts that are looked at together, and how many of them are handed in at the same time. */
const slice = 50;
const atOnce = 8;

/**
 * Hands in the codes that came by text. Nodes may do so side by side: a text is erased and its call written in one act before
 * the code is sent, so each is sent once at most, whoever is killed when.
 */
export function submitTexts(deps: SubmitTextsDeps): Lane {
  const { store, logger, closing } = deps;
  const handIn = handInText(deps);
  let running: Promise<void> | undefined;
  let again = false;

  const pass = async (): Promise<void> => {
    const seen = new Set<string>();
    while (!closing.aborted) {
      const waiting = (await store.listTexts({ limit: slice })).filter(({ id, sealedText }) => {
        const text = `${id} ${sealedText}`;
        return !seen.has(text) && seen.add(text);
      });
      if (waiting.length === 0) return;
      const next = waiting.values();
      const work = async (): Promise<void> => {
        for (const number of next) if (!closing.aborted) await handIn(number);
      };
      // One that fails holds up no other.
      const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
  };
  const passes = async (): Promise<void> => {
    try {
      do {
        again = false;
        await pass();
      } while (again && !closing.aborted);
    } finally {
      running = undefined;
    }
  };
  const runDue = (): Promise<void> => {
    // A text that came a moment ago may have been too late for the look that is under way.
    again = true;
    running ??= passes();
    return running;
  };

  return {
    begin: () => {
      runDue().catch((error: unknown) =>
        logger.warn('codes that came by text could not be handed in; it is tried again', errorFacts(error)),
      );
      return Promise.resolve();
    },
    runDue,
    settled: async () => {
      await running?.catch(() => undefined);
    },
  };
}

/** Deals with one text, once. */
function handInText({ store, cipher, clock, logger, marks, submitSpent, handInForClaim }: SubmitTextsDeps) {
  return async (number: NumberInCare): Promise<void> => {
    const { id, phoneNumber, sealedText: opened } = number;
    if (opened === undefined) return;
    const drop = (why: string): Promise<void> => {
      logger.info('a code that came by text is of no use any more', { numberId: id, why });
      return store.dropText({ id, opened });
    };
    const now = clock.now();
    if (number.goneAt !== undefined && number.claimId === undefined) return drop('number_left');
    if ((number.textReceivedAt ?? 0) <= now - life) return drop('too_old');
    const code = await cipher.open(opened, textCell(id)).catch((error: unknown) => {
      logger.warn('a code that came by text cannot be opened: is its secret no longer in `secrets`?', {
        numberId: id,
        ...errorFacts(error),
      });
      return undefined;
    });
    if (code === undefined) return drop('cannot_be_opened');
    // Looked at once more: while this text waited another one may have been handed in, or the same.
    const calls = await store.listNumberCalls({ phoneNumber, limit: callsToKnow });
    const own = marks(id, code);
    if (!isCodeExpected(calls, { now, marks: own })) return drop('not_expected');
    // All that it takes is found before the call is written: what cannot be sent must not be counted.
    const handIn = await wayOf(number);
    if (handIn === undefined) return drop('claim_needs_none');
    const budget = numberCallBudgets.verify_code;
    const leave = await store.spendText({ id, opened, now, budget, mark: own[0] });
    if (leave.allowed) return submit(id, () => handIn({ code, callId: leave.callId }));
    // Another node was faster, or another text came: that one is looked at by itself.
    return leave.why === 'changed' ? undefined : drop(leave.why);
  };

  async function wayOf(number: PoolRecord): ReturnType<HandInForClaim> {
    if (number.claimId === undefined) return (spent) => submitSpent({ ...spent, number });
    try {
      return await handInForClaim(number.claimId);
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
      const about = { numberId: number.id, claimId: number.claimId, ...errorFacts(error) };
      logger.warn('a code that came by text cannot be handed in for its claim', about);
      return undefined;
    }
  }

  async function submit(numberId: string, handIn: () => Promise<unknown>): Promise<void> {
    try {
      await handIn();
      logger.info('a code that came by text was handed in', { numberId });
    } catch (error) {
      const reason =
        error instanceof GraphError ? error.reason : error instanceof PoolError ? error.code : undefined;
      const about = { numberId, reason, ...errorFacts(error) };
      logger.warn('a code that came by text was handed in without success', about);
    }
  }
}
