import { claimOfHold } from '../../domain/attachment-session.ts';
import { expiryOf, isOurs, numberState, renewableFrom } from '../../domain/number-lifecycle.ts';
import { droppedAt } from '../../domain/number-warnings.ts';
import type { NumberCall } from '../../ports/pool-store.ts';
import type { PoolRecord } from '../../ports/records.ts';
import type { CommandContext } from '../command-context.ts';
import { momentAndDistance } from '../distance.ts';
import { printFacts, tablePrinter } from '../table.ts';
import { callColumns } from './call-words.ts';
import { colourOfState, meaningOfState, nextInWords, type Moment } from './number-words.ts';

/** Prints a number with everything that is known of it, and the calls about it. */
export function printNumber(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { record, calls, now, businessId }: Moment & { record: PoolRecord; calls: readonly NumberCall[] },
): void {
  const state = numberState(record, now);
  const when = (time: number | undefined) => (time === undefined ? undefined : momentAndDistance(time, now));
  const only = <T>(isSo: boolean, value: T): T | undefined => (isSo ? value : undefined);
  const attaching = claimOfHold(record.heldBy);
  const heldForClaim = attaching === undefined ? undefined : `the claim ${attaching}`;
  const country = record.country === undefined ? '' : ` (${record.country})`;

  terminal.out(`${terminal.paint('bold', record.displayPhoneNumber)}${country}`);
  printFacts(terminal, [
    ['id', record.id],
    ['state', { text: meaningOfState[state], colour: colourOfState[state] }],
    ['next', nextInWords(record, { now, businessId })],
    ['Meta says', record.verificationStatus],
    ['verified', when(record.verifiedAt)],
    [state === 'lapsed' ? 'lapsed' : 'verified until', when(expiryOf(record))],
    ['renewable from', only(state === 'free' || state === 'held', when(renewableFrom(record)))],
    ['dropped by Meta', when(droppedAt(record, now))],
    ['held for', only(state === 'held' && record.heldBy !== '', heldForClaim ?? record.heldBy)],
    ['held until', only(state === 'held', when(record.heldUntil))],
    ['claimed by', record.claimedBy],
    ['claimed', when(record.claimedAt)],
    ['claim', record.claimId],
    [
      'owner',
      only(!isOurs(record, businessId), `business ${record.ownerBusinessId}, which shares it with you`),
    ],
    ['first seen', when(record.firstSeenAt)],
    ['gone since', when(record.goneAt)],
  ]);
  if (calls.length === 0) return;
  terminal.out('');
  tablePrinter(terminal, callColumns(now)).print(calls);
}
