import type { AccountNumber } from '../../ports/graph.ts';
import { idInPath, type Endpoint } from '../graph-request.ts';
import { accountNumber, numberFields } from './account-number.ts';

/** `GET /<PHONE_NUMBER_ID>`. */
export const readNumber: Endpoint<{ phoneNumberId: string }, AccountNumber> = {
  request: ({ phoneNumberId }) => ({
    action: 'read the number',
    method: 'GET',
    path: `/${idInPath(phoneNumberId)}`,
    query: { fields: numberFields },
  }),
  read: (answer) => accountNumber.parse(answer),
};
