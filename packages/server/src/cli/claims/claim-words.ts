import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Claim } from '../../ports/records.ts';
import { distance } from '../distance.ts';
import type { Column } from '../table.ts';
import type { Colour } from '../terminal.ts';

const atWork = 'nothing: the kit is at it';

/** What a person does next, and the colour of the status. */
export const nextOfStatus: Readonly<Record<ClaimStatus, { next: string; colour: Colour }>> = {
  received: { next: atWork, colour: 'cyan' },
  proven: { next: atWork, colour: 'cyan' },
  registering: { next: atWork, colour: 'cyan' },
  registered: { next: 'nothing', colour: 'green' },
  ended: { next: 'nothing', colour: 'dim' },
  needs_signup: { next: 'have the customer sign up again', colour: 'yellow' },
  needs_verification: { next: 'have a code sent, and hand it in', colour: 'yellow' },
  needs_operator: { next: 'look at its history, then retry', colour: 'red' },
  no_number: { next: 'assign a number, or dismiss it', colour: 'yellow' },
  coexistence: { next: 'nothing', colour: 'dim' },
  rejected: { next: 'nothing: Meta says that it is not theirs', colour: 'dim' },
  dismissed: { next: 'nothing', colour: 'dim' },
};

/** The columns of `claims list`. The id goes first where it is narrow: commands take number and customer as well. */
export const claimColumns = (now: number): readonly Column<Claim>[] => [
  { header: 'NUMBER', of: ({ displayPhoneNumber, phoneNumber }) => displayPhoneNumber ?? phoneNumber },
  { header: 'STATUS', of: ({ status }) => status, colour: ({ status }) => nextOfStatus[status].colour },
  { header: 'CUSTOMER', of: ({ customerId }) => customerId, cuttable: true, lastResort: 1 },
  { header: 'CHANGED', of: ({ updatedAt }) => distance(updatedAt, now), dispensable: 1 },
  { header: 'NEXT', of: ({ status }) => nextOfStatus[status].next, cuttable: true, lastResort: 2 },
  { header: 'REASON', of: ({ reason }) => reason?.code, dispensable: 2, cuttable: true },
  { header: 'ID', of: ({ id }) => id, dispensable: 3 },
];
