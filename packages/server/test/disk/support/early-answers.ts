import { bytesOf, type SystemCall } from './read-calls.ts';
import { walTransactions } from './read-wal.ts';

/** An HTTP answer on its way into a socket. */
export interface WrittenAnswer {
  status: number;
  /** The line of the trace on which the kernel got it. */
  began: number;
  /** The first id in its body: a claim's. */
  id: string | undefined;
}

/** What a trace says about the answers in it. */
export interface AnswersInTrace {
  answers: readonly WrittenAnswer[];
  /** One sentence for each 202 that promised what was not on disk. */
  early: readonly string[];
  /** How many transactions wrote the claims that were accepted. */
  transactions: number;
}

/**
 * Looks for each answer `202 Accepted` when its claim was on disk: the first transaction with its id was written whole, and
 * then a sync of that file came back with 0. Both must be over before the first byte of the answer goes out.
 */
export function findEarlyAnswers(calls: readonly SystemCall[]): AnswersInTrace {
  const transactions = walTransactions(calls);
  const answers = calls.flatMap(toAnswer);
  const ofClaims = new Set<unknown>();
  const early = answers
    .filter(({ status }) => status === 202)
    .flatMap(({ id, began }) => {
      const where = `The answer on line ${began + 1} of the trace`;
      if (id === undefined) return [`${where} names no claim.`];
      const transaction = transactions.find(({ ids }) => ids.has(id));
      if (transaction === undefined) return [`${where} is about claim ${id}, which was never written.`];
      ofClaims.add(transaction);
      if (transaction.written >= began) return [`${where} came before claim ${id} was written.`];
      const { sync } = transaction;
      if (sync === undefined || sync.began <= transaction.written || sync.ended >= began) {
        return [`${where} came before claim ${id} was synced.`];
      }
      if (sync.returned !== 0) return [`${where} came although the sync of claim ${id} failed.`];
      // strace can pretend that a sync went well; then nothing is on disk.
      if (sync.injected) return [`${where} relies on a sync of claim ${id} that never took place.`];
      return [];
    });
  return { answers, early, transactions: ofClaims.size };
}

function toAnswer(call: SystemCall): WrittenAnswer[] {
  if (!['write', 'writev', 'sendmsg', 'sendto'].includes(call.name)) return [];
  // "HTTP/1.1 " in the words of strace -xx: most writes need not be decoded to know that they are no answers.
  if (!call.args.includes(String.raw`"\x48\x54\x54\x50\x2f\x31\x2e\x31\x20`)) return [];
  const bytes = bytesOf(call);
  const id = /"id":"([0-9a-f-]{36})"/.exec(bytes)?.[1];
  return [{ status: Number(bytes.slice('HTTP/1.1 '.length, 12)), began: call.began, id }];
}
