import { requireTime } from '../../clock/require-time.ts';
import { DAY } from '../../clock/units.ts';
import { parsePhoneNumber } from '../../phone/phone-number.ts';
import { addPreverifiedNumber } from './add-preverified-number.ts';
import { poolOf } from './number-lookup.ts';
import {
  VERIFICATION_LIFETIME,
  type CodeVerificationStatus,
  type PreverifiedNumber,
} from './preverified-number.ts';
import type { Moment } from '../simulation.ts';

/** As many as the invented numbers are distinct for. */
const MOST_NUMBERS = 100_000;

/** Which numbers to put into the pool without asking for codes. */
export interface NumberSeed {
  /** In any notation; or give `count` and get `+1 555-010-0001` and on. */
  readonly phoneNumbers?: readonly string[] | undefined;
  readonly count?: number | undefined;
  /** @default 'VERIFIED' */
  readonly status?: CodeVerificationStatus | undefined;
  /** When VERIFIED numbers were verified (ms, UTC). @default now */
  readonly verifiedAt?: number | undefined;
}

/** Adds numbers to the BSP's pool. Throws RangeError for a number that cannot be one or is taken; then adds none. */
export function seedNumbers(deps: Moment & { businessId: string }, seed: NumberSeed): PreverifiedNumber[] {
  const { world, now } = deps;
  const taken = new Set([...poolOf(deps), ...world.phoneNumbers.values()].map((n) => n.digits));
  const digits = (seed.phoneNumbers ?? []).map((text) => {
    const parsed = parsePhoneNumber(text);
    if (parsed === undefined) throw new RangeError(`"${text}" is not an international phone number`);
    if (taken.has(parsed)) throw new RangeError(`"${text}" is in the pool or on an account already`);
    taken.add(parsed);
    return parsed;
  });
  for (let next = 1, left = seed.count ?? 0; left > 0; next += 1) {
    const candidate = String(15_550_100_000 + next);
    if (taken.has(candidate)) continue;
    digits.push(candidate);
    left -= 1;
  }
  const verifiedAt = verifiedAtFor(seed, now);
  if (verifiedAt !== undefined) requireTime(verifiedAt + VERIFICATION_LIFETIME);
  requireCount(seed.count ?? 0);
  const addedAt = Math.min(now, verifiedAt ?? now);
  return digits.map((number) => {
    const added = addPreverifiedNumber({ ...deps, now: addedAt }, number);
    added.verifiedAt = verifiedAt;
    return added;
  });
}

function verifiedAtFor({ status = 'VERIFIED', verifiedAt }: NumberSeed, now: number): number | undefined {
  if (status === 'NOT_VERIFIED') return undefined;
  if (status === 'EXPIRED') return verifiedAt ?? now - VERIFICATION_LIFETIME - DAY;
  return verifiedAt ?? now;
}

function requireCount(count: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= MOST_NUMBERS) return;
  throw new RangeError(`count must be a whole number from 0 to ${MOST_NUMBERS}`);
}
