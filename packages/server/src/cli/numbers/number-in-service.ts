import type { EmbeddedSignup } from '../../embedded-signup.ts';
import { phoneNumberChangeView, phoneNumberView } from '../../http/phone-number-view.ts';
import type { PhoneNumberChange, PhoneNumberRecord } from '../../ports/numbers-store.ts';
import type { Claim } from '../../ports/records.ts';
import { ownerOf } from './find-number-in-service.ts';

/** A number in service with what goes with it. */
export interface NumberInService {
  record: PhoneNumberRecord;
  changes: readonly PhoneNumberChange[];
  /** The live claim that owns it. */
  owner: Claim | undefined;
}

/** What goes with a number in service. */
export async function withChanges(
  signup: Pick<EmbeddedSignup, 'numbers' | 'claims'>,
  record: PhoneNumberRecord,
): Promise<NumberInService> {
  const { phoneNumberId } = record;
  const [changes, owner] = await Promise.all([
    signup.numbers.changes(phoneNumberId),
    ownerOf(signup, phoneNumberId),
  ]);
  return { record, changes, owner };
}

/** What `--json` prints of it: the same as the operator's routes answer. */
export const asBody = ({ record, changes, owner }: NumberInService): object => ({
  number: phoneNumberView(record, owner),
  changes: changes.map(phoneNumberChangeView),
});
