import type { AccountNumber } from '../../ports/graph.ts';
import { idInPath, type Endpoint } from '../graph-request.ts';
import { readPage, type GraphPage } from '../meta-values.ts';
import { accountNumber, numberFields } from './account-number.ts';

/** `GET /<WABA_ID>/phone_numbers`: one page. */
export const listAccountNumbers: Endpoint<
  { wabaId: string; after: string | undefined },
  GraphPage<AccountNumber>
> = {
  request: ({ wabaId, after }) => ({
    action: 'list the numbers of the account',
    method: 'GET',
    path: `/${idInPath(wabaId)}/phone_numbers`,
    query: { fields: numberFields, limit: '100', ...(after === undefined ? {} : { after }) },
  }),
  read: (answer) => readPage(accountNumber, answer),
};
