import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { ClaimStep } from '../../domain/claim-steps.ts';
import type { Claim } from '../../ports/records.ts';
import { distance } from '../distance.ts';
import type { Column } from '../table.ts';
import type { Colour } from '../terminal.ts';

const atWork = 'nothing: the kit is at it';

/** What a person does next where a claim stands, and the colour of the status. */
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

/** The same of steps at which the kit is, whatever the status says. */
const nextOfStep: Readonly<Partial<Record<string, { next: string; colour: Colour }>>> = {
  code: { next: 'nothing: the kit has a code sent, and hands it in by itself', colour: 'cyan' },
  attach_named: { next: 'nothing: the number is being put on the account', colour: 'cyan' },
} satisfies Partial<Record<ClaimStep, { next: string; colour: Colour }>>;

/** What a person does next about a claim, and the colour of its status. */
export const nextOfClaim = ({ status, step }: Pick<Claim, 'status' | 'step'>) =>
  nextOfStep[step ?? ''] ?? nextOfStatus[status];

/** The columns of `claims list`. The id goes first where it is narrow: commands take number and customer as well. */
export const claimColumns = (now: number): readonly Column<Claim>[] => [
  { header: 'NUMBER', of: ({ displayPhoneNumber, phoneNumber }) => displayPhoneNumber ?? phoneNumber },
  { header: 'STATUS', of: ({ status }) => status, colour: (claim) => nextOfClaim(claim).colour },
  { header: 'CUSTOMER', of: ({ customerId }) => customerId, cuttable: true, lastResort: 1 },
  { header: 'CHANGED', of: ({ updatedAt }) => distance(updatedAt, now), dispensable: 1 },
  { header: 'NEXT', of: (claim) => nextOfClaim(claim).next, cuttable: true, lastResort: 2 },
  { header: 'REASON', of: ({ reason }) => reason?.code, dispensable: 2, cuttable: true },
  { header: 'ID', of: ({ id }) => id, dispensable: 3 },
];
