import type { NumberFacts } from '../domain/number-facts.ts';
import { unreadAdvice } from '../numbers/unread-reason.ts';
import type { PhoneNumberChange, PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { Claim } from '../ports/records.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** A number in service as an operator sees it. Meta's words are as Meta wrote them. Times are ISO 8601, UTC. */
export interface PhoneNumberView extends Omit<NumberFacts, Flag> {
  /** Meta's id of the WhatsApp phone number. */
  id: string;
  wabaId: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  displayPhoneNumber: string;
  officialBusinessAccount?: boolean;
  pinEnabled?: boolean;
  /** The live claim that owns it, and its customer. */
  claimId?: string;
  customerId?: string;
  /** As the kit set it; without it nobody did: Meta does not tell. */
  identityCheck?: boolean;
  identityCheckAt?: string;
  /** When the kit knew of it first. */
  createdAt: string;
  /** When its last live claim was over. */
  leftAt?: string;
  /** When Meta last answered with all of it; without it, it was never read. */
  readAt?: string;
  /** When it is read next; without it, it has left. */
  nextReadAt?: string;
  /** Why the last read failed, and what to do about it. */
  problem?: { reason: string; message: string; at: string };
}

/** Turns a number in service into what goes over the wire: member by member, so that nothing new gets out by itself. */
export function phoneNumberView(record: PhoneNumberRecord, owner: Claim | undefined): PhoneNumberView {
  const { facts, identityCheck, problem, leftAt } = record;
  return {
    id: record.phoneNumberId,
    wabaId: record.wabaId,
    phoneNumber: record.phoneNumber,
    displayPhoneNumber: record.displayPhoneNumber,
    ...(owner === undefined ? {} : { claimId: owner.id, customerId: owner.customerId }),
    ...valuesOf(facts),
    ...(identityCheck === undefined ? {} : { identityCheck }),
    ...time('identityCheckAt', record.identityCheckAt),
    createdAt: iso(record.createdAt),
    ...time('leftAt', leftAt),
    ...time('readAt', record.readAt),
    ...time('nextReadAt', leftAt === undefined ? record.nextReadAt : undefined),
    ...(problem === undefined
      ? {}
      : { problem: { reason: problem.reason, message: unreadAdvice(problem.reason), at: iso(problem.at) } }),
  };
}

/** Facts that are yes or no. The kit keeps all of them as texts. */
const flags = ['officialBusinessAccount', 'pinEnabled'] as const;
type Flag = (typeof flags)[number];

const isFlag = (fact: string): boolean => flags.some((flag) => flag === fact);

const valuesOf = (facts: PhoneNumberRecord['facts']): Pick<PhoneNumberView, keyof NumberFacts> =>
  Object.fromEntries(
    Object.entries(facts).map(([fact, { value }]) => [fact, isFlag(fact) ? value === 'true' : value]),
  );

const time = <Name extends string>(name: Name, at: number | undefined): { [name in Name]?: string } =>
  // One name, with the type that it is given above.
  at === undefined ? {} : ({ [name]: iso(at) } as { [name in Name]?: string });

/** A line of a number's history as an operator sees it. */
export interface PhoneNumberChangeView {
  id: string;
  /** When it was so, by Meta's clock; or when it was read. */
  at: string;
  /** A member of the number, `identityCheck`, or `identityForgotten`: what was known of a customer was removed. */
  fact: string;
  before?: string;
  after?: string;
  /** `meta`, `kit`, or an operator's name. */
  who: string;
}

/** Turns a line of the history into what goes over the wire. */
export function phoneNumberChangeView(change: PhoneNumberChange): PhoneNumberChangeView {
  const { id, at, fact, before, after, who } = change;
  return {
    id,
    at: iso(at),
    fact,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    who,
  };
}
