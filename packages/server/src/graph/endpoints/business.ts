import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';
import { idValue, wordValue } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** A business portfolio. */
export interface Business {
  id: string;
  name: string | undefined;
  /** Meta's word, such as `verified`, where it was given. */
  verificationStatus: string | undefined;
}

const fields = 'id,name,verification_status';

const business = z
  .object({ id: idValue, name: wordValue, verification_status: wordValue })
  .transform(({ id, name, verification_status }): Business => ({
    id,
    name,
    verificationStatus: verification_status,
  }));

/** `GET /<BUSINESS_ID>`. */
export const getBusiness: Endpoint<{ businessId: string }, Business> = {
  repeat: 'read',
  request: ({ businessId }) => ({
    action: 'read the business',
    method: 'GET',
    path: `/${metaId(businessId)}`,
    query: { fields },
  }),
  read: (answer) => business.parse(answer),
};

/** `GET /<PREVERIFIED_ID>/partners`: one page of the businesses that a number of the pool is shared with. */
export const listPartners: Endpoint<{ id: string } & PageInput, GraphPage<Business>> = {
  repeat: 'read',
  request: ({ id, ...page }) => ({
    action: 'list the partners of the number',
    method: 'GET',
    path: `/${metaId(id)}/partners`,
    query: { fields, ...pageQuery(page) },
  }),
  read: (answer) => readPage(business, answer),
};
