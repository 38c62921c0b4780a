import { z } from 'zod';
import { digitsOf } from '../../domain/number-match.ts';
import type { PoolNumber } from '../../domain/pool-number.ts';
import { idInPath, type Endpoint } from '../graph-request.ts';
import { idValue, timeValue, readPage, type GraphPage } from '../meta-values.ts';

const fields =
  'id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business';

const poolNumber = z
  .object({
    id: idValue,
    phone_number: z.string(),
    code_verification_status: z.string().nullish(),
    code_verification_time: timeValue,
    verification_expiry_time: timeValue,
    owner_business: z.looseObject({ id: idValue }).nullish(),
  })
  .transform((number): Omit<PoolNumber, 'country'> => ({
    id: number.id,
    phoneNumber: `+${digitsOf(number.phone_number)}`,
    displayPhoneNumber: number.phone_number,
    verificationStatus: number.code_verification_status ?? 'NOT_VERIFIED',
    verifiedAt: number.code_verification_time,
    verificationExpiresAt: number.verification_expiry_time,
    ownerBusinessId: number.owner_business?.id,
  }));

/** `GET /<BUSINESS_ID>/preverified_numbers`: one page of the pool, in the order of creation. */
export const listPool: Endpoint<
  { businessId: string; after: string | undefined },
  GraphPage<Omit<PoolNumber, 'country'>>
> = {
  request: ({ businessId, after }) => ({
    action: 'list the pool',
    method: 'GET',
    path: `/${idInPath(businessId)}/preverified_numbers`,
    query: { fields, limit: '100', ...(after === undefined ? {} : { after }) },
  }),
  read: (answer) => readPage(poolNumber, answer),
};
