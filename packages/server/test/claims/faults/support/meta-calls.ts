import type { RecordedRequest } from '@embedded-signup-kit/simulator';
import { isReadInService } from '../../../support/host.ts';
import type { Finished, World } from './hosts.ts';
import type { Role } from './oracle.ts';

/** One of the calls that a claim makes to Meta on its way. */
export interface MetaCall {
  /** Such as `POST /:phone/register`, with a count where the claim makes several alike. */
  name: string;
  method: string;
  /** The path with `:waba` and `:phone` in the place of the customer's ids. */
  pattern: string;
  /** Which of several alike, counted from 1. */
  nth: number;
  role: Role;
}

/** The ids of a sign-up. The number's may be known only later, when the kit is the one who puts it on the account. */
export type Ids = Pick<Finished, 'wabaId'> & { phoneNumberId: string | undefined };

/** Meta's id of the number, once it is on the account. */
export function phoneOf({ sim }: World, { wabaId, phoneNumberId }: Ids): string | undefined {
  return phoneNumberId ?? sim.state().phoneNumbers.find((one) => one.wabaId === wabaId)?.id;
}

/** The path of a call in a sign-up; `undefined` while there is no number. */
export function pathOf({ pattern }: MetaCall, wabaId: string, phone: string | undefined): string | undefined {
  if (phone === undefined && pattern.includes(':phone')) return undefined;
  return pattern.replace(':waba', wabaId).replace(':phone', phone ?? '');
}

/** What Meta saw that belongs to claims; the pool is fetched and numbers in service are read beside them, by the clock. */
export function callsOfClaims({ sim }: World): RecordedRequest[] {
  return sim
    .requests()
    .filter((request) => !request.path.endsWith('/preverified_numbers') && !isReadInService(request));
}

/** The calls of a sign-up that went well, in their order. */
export function metaCallsOf(requests: readonly RecordedRequest[], wabaId: string, phone: string): MetaCall[] {
  const seen = new Map<string, number>();
  const indexOf = (call: string) => requests.findIndex((one) => `${one.method} ${one.path}` === call);
  const registered = indexOf(`POST /${phone}/register`);
  const attached = indexOf(`POST /${wabaId}/phone_numbers`);
  const roleOf = (index: number, pattern: string): Role => {
    if (pattern === '/oauth/access_token') return 'exchange';
    if (index === registered) return 'register';
    if (index > registered) return 'afterwards';
    if (index === attached) return 'attach';
    return index < attached ? 'holding' : 'other';
  };
  return requests.map((one, index) => {
    const pattern = one.path.replace(wabaId, ':waba').replace(phone, ':phone');
    const plain = `${one.method} ${pattern}`;
    const nth = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, nth);
    const name = nth === 1 ? plain : `${plain} #${nth}`;
    return { name, method: one.method, pattern, nth, role: roleOf(index, pattern) };
  });
}
