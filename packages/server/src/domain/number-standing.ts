import type { ClaimReason } from '@embedded-signup-kit/protocol';

/** What Meta says of a number on an account, in Meta's own words; `undefined` where it says nothing. */
export interface NumberWords {
  onBusinessApp: boolean | undefined;
  platformType: string | undefined;
  status: string | undefined;
  verificationStatus: string | undefined;
}

/** Words of Meta's for a number that is registered, whatever its quality and limits. */
const inService: ReadonlySet<string> = new Set(['CONNECTED', 'FLAGGED', 'RESTRICTED', 'RATE_LIMITED']);

/** No registration brings these back. */
const gone: ReadonlySet<string> = new Set(['BANNED', 'DELETED', 'MIGRATED']);

/** Whether a number is on its account in name only: it does not count among those that Meta allows. */
export const isGone = ({ status }: Pick<NumberWords, 'status'>): boolean =>
  status !== undefined && gone.has(status);

/** Where a number may be registered from: nowhere yet, or once here. A word that is missing forbids nothing. */
const free: ReadonlySet<string> = new Set(['NOT_APPLICABLE', 'CLOUD_API']);

/**
 * What may be done with a number by its own state, before anything is spent on it. A reason: a person must look.
 *
 * Registering takes a number away from the platform it is on, so one that is in service elsewhere is never registered by the
 * kit alone.
 */
export function standingOf(
  number: NumberWords,
): 'registrable' | 'in_service' | 'on_business_app' | 'unverified' | ClaimReason {
  const { onBusinessApp, platformType, status, verificationStatus } = number;
  if (onBusinessApp === true) return 'on_business_app';
  if (isGone(number)) {
    return {
      code: 'number_out_of_service',
      message: `Meta says that this number is ${status}. Look at it in WhatsApp Manager, then have the claim tried again, or end it.`,
    };
  }
  if (platformType === 'CLOUD_API' && status !== undefined && inService.has(status)) return 'in_service';
  if (platformType !== undefined && !free.has(platformType)) {
    return {
      code: 'number_in_service_elsewhere',
      message: `This number is in service on another platform of Meta’s (${platformType}); registering it here would take it away from there. Have the customer end that, then have the claim tried again.`,
    };
  }
  // Meta registers verified numbers only. A word that is missing is no proof against it.
  return verificationStatus === undefined || verificationStatus === 'VERIFIED' ? 'registrable' : 'unverified';
}

/**
 * Whether Meta wants a number verified that it wanted a code for. Where it says neither, it still does.
 */
export function wantsVerification(number: NumberWords): boolean {
  const standing = standingOf(number);
  return standing === 'unverified' || (standing === 'registrable' && number.verificationStatus === undefined);
}
