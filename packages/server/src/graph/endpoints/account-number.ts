import { z } from 'zod';
import type { AccountNumber } from '../../ports/graph.ts';
import { flagValue, idValue } from '../meta-values.ts';

/** The fields of a WhatsApp phone number that the kit asks for, for `fields=`. */
export const numberFields =
  'id,display_phone_number,verified_name,code_verification_status,platform_type,status,is_on_biz_app';

/** A WhatsApp phone number, as both the list and the node give it. */
export const accountNumber = z
  .object({
    id: idValue,
    display_phone_number: z.string(),
    code_verification_status: z.string().nullish(),
    platform_type: z.string().nullish(),
    status: z.string().nullish(),
    is_on_biz_app: flagValue,
  })
  .transform((number): AccountNumber => ({
    id: number.id,
    displayPhoneNumber: number.display_phone_number,
    verificationStatus: number.code_verification_status ?? undefined,
    platformType: number.platform_type ?? undefined,
    status: number.status ?? undefined,
    onBusinessApp: number.is_on_biz_app,
  }));
