import type { RecordedRequest } from '../ledger/request-ledger.ts';

/** One line of the log: `12:00:00 POST /123/register 200 (business token)`; nothing secret is in it. */
export function describeRequest({
  at,
  method,
  path,
  status,
  errorCode,
  fault,
  token,
}: RecordedRequest): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const answer = status === undefined ? 'no answer' : String(status);
  const error = errorCode === undefined ? '' : ` error ${errorCode}`;
  const played = fault === undefined ? '' : ` fault ${fault}`;
  return `${time} ${method} ${path} ${answer}${error}${played} (${token === 'none' ? 'no' : token} token)`;
}
