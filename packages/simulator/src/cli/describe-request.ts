import type { RecordedRequest } from '../ledger/request-ledger.ts';
import type { SentCode } from '../control/watch-inbox.ts';
import type { WebhookCall } from '../webhooks/delivery/webhook-sender.ts';
import type { Look, Paint } from './paint.ts';

/** What a line of the log is made of; the columns stand below each other as long as the paths are not longer. */
interface Line {
  /** ms, UTC, simulated. */
  readonly at: number;
  readonly method: string;
  readonly target: string;
  readonly status: number | undefined;
  /** Error code, fault, token. */
  readonly remarks: readonly string[];
  /** Real ms. */
  readonly ms: number;
}

const PATH_WIDTH = 40;
const REMARKS_WIDTH = 40;

/** One line for a Graph call: `2026-11-20 12:00:00 POST   /123/register   200  business token   3 ms`; no secret is in it. */
export function describeRequest(
  { at, method, path, status, errorCode, fault, token }: RecordedRequest,
  ms: number,
  paint: Paint,
): string {
  const remarks = [
    ...(errorCode === undefined ? [] : [`error ${errorCode}`]),
    ...(fault === undefined ? [] : [`fault ${fault}`]),
    token === 'none' ? 'no token' : `${token} token`,
  ];
  return lineOf({ at, method, target: path, status, remarks, ms }, paint);
}

/** One line for a request to a webhook callback, or for a text that is handed in; `status` is undefined when it did not answer. */
export function describeWebhook(
  { at, status, ms, call }: { at: number; status: number | undefined; ms: number; call: WebhookCall },
  paint: Paint,
): string {
  const what = { handshake: 'handshake', event: 'webhook', sms: 'text' }[call.purpose];
  // A callback may keep a secret of its own in the query.
  const { origin, pathname } = new URL(call.url);
  return lineOf({ at, method: call.method, target: origin + pathname, status, remarks: [what], ms }, paint);
}

/** One line for a code that went to a phone; the code is not in it. */
export function describeCode({ to, method, sentAt }: SentCode, url: string, paint: Paint): string {
  const how = method === 'SMS' ? 'sent' : 'told by a call';
  return `${timeOf(sentAt, paint)} code ${how} to ${to}, read it at ${url}/__simulator/inbox`;
}

function lineOf({ at, method, target, status, remarks, ms }: Line, paint: Paint): string {
  const parts = [
    timeOf(at, paint),
    method.padEnd(6),
    target.padEnd(PATH_WIDTH),
    paint(lookOf(status), status === undefined ? ' - ' : String(status)),
    remarks.join(', ').padEnd(REMARKS_WIDTH),
    paint('dim', `${String(Math.round(ms)).padStart(5)} ms`),
  ];
  return parts.join(' ');
}

function timeOf(at: number, paint: Paint): string {
  return paint('dim', new Date(at).toISOString().slice(0, 19).replace('T', ' '));
}

function lookOf(status: number | undefined): Look {
  if (status === undefined || status >= 500) return 'red';
  return status >= 400 ? 'yellow' : 'green';
}
