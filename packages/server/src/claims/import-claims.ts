import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { pinCell, tokenCell } from '../domain/cells.ts';
import type { ImportedClaim, ImportOutcome } from '../ports/decisions.ts';
import type { ClaimsDeps } from './deps.ts';
import { InvalidRequestError } from '../ports/invalid-request-error.ts';
import { exactly, given, givenName, oneLine, sixDigits } from '../ports/given.ts';
import { readWithCallingCode } from '../domain/normalise-number.ts';

/** A number that was registered before the kit came. */
export interface ClaimToImport {
  /** The host's own id of whose it is. At most 200 characters. */
  customerId: string;
  /** Meta's id of the WhatsApp Business Account. Digits. */
  wabaId: string;
  /** Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /** As people write it, with its calling code: `+1 (555) 010-0001`. */
  phoneNumber: string;
  /** The customer's token, for calls about this account. */
  accessToken?: string | undefined;
  /** When that token ends, ISO 8601 with an offset; the host is told before. @default never */
  tokenExpiresAt?: string | undefined;
  /** The two-step PIN. Six digits. */
  pin?: string | undefined;
  /** ISO 8601 with an offset. @default now */
  registeredAt?: string | undefined;
}

/** What became of a row, in the order of the rows. */
export interface ImportedRow {
  phoneNumberId: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  /** `imported`; `known` — this customer has a live claim on it already; `conflict` — another customer has. */
  outcome: ImportOutcome;
}

/** Rows per call. */
export const mostImported = 1000;

/** Rows that are sealed and written before the next ones are looked at, so that nothing else waits for long. */
const slice = 100;

/**
 * Takes over numbers that were registered before the kit came, so that they are neither offered nor registered again. All
 * rows are checked before the first is written. Importing the same again changes nothing, so after an error that came
 * while writing, do it again.
 *
 * @param rows at most 1,000
 * @throws InvalidRequestError naming each row and field that is malformed; nothing was written then
 * @throws StoreUnavailableError; rows before that may be written
 */
export function importClaims({ store, clock, random, cipher }: Omit<ClaimsDeps, 'wake'>) {
  const seal = async (row: CheckedRow): Promise<ImportedClaim> => {
    const id = random.id();
    const { accessToken, tokenExpiresAt, pin, registeredAt, ...rest } = row;
    return {
      ...rest,
      id,
      sealedToken: accessToken === undefined ? undefined : await cipher.seal(accessToken, tokenCell(id)),
      tokenExpiresAt: tokenExpiresAt === undefined ? undefined : Date.parse(tokenExpiresAt),
      sealedPin: pin === undefined ? undefined : await cipher.seal(pin, pinCell(row.phoneNumberId)),
      registeredAt: registeredAt === undefined ? undefined : Date.parse(registeredAt),
    };
  };
  return async (rows: readonly ClaimToImport[], who: string): Promise<ImportedRow[]> => {
    givenName(who);
    const checked = check(rows, clock.now());
    const done: ImportedRow[] = [];
    for (let start = 0; start < checked.length; start += slice) {
      const part = checked.slice(start, start + slice);
      const claims: ImportedClaim[] = [];
      for (const row of part) claims.push(await seal(row));
      const outcomes = await store.importClaims({ now: clock.now(), who, claims });
      for (const [index, outcome] of outcomes.entries()) {
        const row = part[index];
        if (row === undefined)
          throw new RangeError('importClaims: the store answered for more rows than it was given');
        done.push({ phoneNumberId: row.phoneNumberId, phoneNumber: row.phoneNumber, outcome });
      }
    }
    return done;
  };
}

const phoneNumber = oneLine(40).transform((written, context) => {
  const read = readWithCallingCode(written);
  if ('phoneNumber' in read) return read.phoneNumber;
  // Other sentences may follow, and bring the full stop with them.
  const why = read.problem.replace(/\.$/, '');
  context.addIssue({ code: 'custom', message: `must be a possible telephone number. ${why}` });
  return z.NEVER;
});

const time = z.iso.datetime({ offset: true, error: 'must be ISO 8601, such as 2026-01-31T12:00:00Z' });

const rowSchema = exactly({
  customerId: oneLine(200),
  wabaId: metaId,
  phoneNumberId: metaId,
  phoneNumber,
  accessToken: z
    .string('must be a text')
    .regex(/^[\x21-\x7e]{1,4096}$/, 'must be a token, in one line')
    .optional(),
  pin: sixDigits.optional(),
  tokenExpiresAt: time.optional(),
  registeredAt: time.optional(),
}).refine(({ accessToken, tokenExpiresAt }) => accessToken !== undefined || tokenExpiresAt === undefined, {
  message: 'belongs to an accessToken',
  path: ['tokenExpiresAt'],
});
type CheckedRow = z.output<typeof rowSchema>;
// The length first: nobody wants to hear what is wrong with each of a million rows.
const rowsSchema = z
  .array(z.unknown(), 'must be a list')
  .min(1, 'must have a row')
  .max(mostImported, 'must have 1,000 rows or less')
  .pipe(z.array(rowSchema));

function check(rows: unknown, now: number): CheckedRow[] {
  const checked = given(rowsSchema, rows, ['claims']);
  const tooLate = checked.flatMap(({ registeredAt }, index) =>
    registeredAt !== undefined && Date.parse(registeredAt) > now
      ? [{ path: `claims.${index}.registeredAt`, message: 'must not be in the future' }]
      : [],
  );
  if (tooLate.length > 0) throw new InvalidRequestError(tooLate);
  return checked;
}
