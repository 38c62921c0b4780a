import type { Claim, ClaimHistoryEntry } from '../../ports/records.ts';
import type { CommandContext } from '../command-context.ts';
import { momentAndDistance, momentOf } from '../distance.ts';
import { printFacts, tablePrinter, type Column } from '../table.ts';
import { nextOfClaim, nextOfStatus } from './claim-words.ts';

const historyColumns: readonly Column<ClaimHistoryEntry>[] = [
  { header: 'WHEN', of: ({ at }) => momentOf(at) },
  { header: 'WHO', of: ({ who }) => who, cuttable: true },
  { header: 'STATUS', of: ({ status }) => status, colour: ({ status }) => nextOfStatus[status].colour },
  {
    header: 'WHAT',
    of: ({ what, reason, traceId }) =>
      what +
      (reason === undefined ? '' : ` (${reason})`) +
      (traceId === undefined ? '' : `, trace ${traceId}`),
  },
];

/** Prints a claim with everything that is known of it, and its history. */
export function printClaim(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { claim, history, now }: { claim: Claim; history: readonly ClaimHistoryEntry[]; now: number },
): void {
  const when = (time: number | undefined) => (time === undefined ? undefined : momentAndDistance(time, now));
  const { next, colour } = nextOfClaim(claim);
  const isWaiting = claim.registeredAt === undefined && claim.status !== 'ended';
  terminal.out(terminal.paint('bold', claim.displayPhoneNumber ?? claim.phoneNumber ?? 'no number yet'));
  printFacts(terminal, [
    ['id', claim.id],
    ['status', { text: claim.status, colour }],
    ['next', next],
    ['reason', claim.reason && `${claim.reason.message} (${claim.reason.code})`],
    ['customer', claim.customerId],
    ['step', claim.step],
    ['number from', claim.numberSource],
    ['phone number id', claim.phoneNumberId],
    ['account (WABA)', claim.wabaId],
    ['number of the pool', claim.poolNumberId],
    ['opened', when(claim.createdAt)],
    ['proven', when(claim.provenAt)],
    ['registered', when(claim.registeredAt)],
    ['register by', isWaiting ? when(claim.registerBy) : undefined],
    ['token ends', when(claim.tokenExpiresAt)],
  ]);
  if (history.length === 0) return;
  terminal.out('');
  tablePrinter(terminal, historyColumns).print(history);
}
