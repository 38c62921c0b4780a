import { displayPhoneNumber, e164Of } from '../../phone/phone-number.ts';
import {
  verificationExpiryOf,
  verificationStatusOf,
  type PreverifiedNumber,
} from '../../world/numbers/preverified-number.ts';
import type { NodeForm } from './select-fields.ts';
import { writeTime } from './time-form.ts';
import { verificationWord } from './verification-word.ts';

/** The six fields of the pre-verified number reference; the time fields are absent until it is verified. */
export const PREVERIFIED_NUMBER_FORM: NodeForm<PreverifiedNumber> = {
  type: 'WhatsAppBusinessPreVerifiedPhoneNumber',
  defaults: ['phone_number', 'code_verification_status', 'verification_expiry_time', 'id'],
  fields: {
    id: ({ id }) => id,
    phone_number: ({ digits }, { settings }) =>
      settings.numberForm === 'display' ? displayPhoneNumber(digits) : e164Of(digits),
    code_verification_status: (number, deps) =>
      verificationWord(verificationStatusOf(number, deps.clock.now()), deps),
    code_verification_time: ({ verifiedAt }, { settings }) => writeTime(verifiedAt, settings.times),
    verification_expiry_time: (number, { settings }) =>
      writeTime(verificationExpiryOf(number), settings.times),
    owner_business: ({ ownerBusinessId }, { world }) => ({
      id: ownerBusinessId,
      name: world.businesses.get(ownerBusinessId)?.name,
    }),
  },
};
