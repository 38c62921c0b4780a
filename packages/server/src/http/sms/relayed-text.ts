import { HttpProblem } from '../http-problem.ts';
import { only, type SignedText, type TextRequest } from './text-request.ts';

/**
 * A text that a relay of the host's own passes on, once its secret was seen: `{ to, body }`.
 *
 * @throws HttpProblem when it is malformed
 */
export function relayedText({ body }: TextRequest): SignedText {
  if (body?.fields === undefined) {
    throw new HttpProblem('malformed_json', 'Send JSON: { "to": "+1…", "body": "WhatsApp code …" }.');
  }
  const { fields } = body;
  const issues = ['to', 'body']
    .filter((name) => only(fields, name) === undefined)
    .map((path) => ({ path, message: 'must be a text' }));
  if (issues.length > 0) throw new HttpProblem('invalid_request', 'Change what is named in issues.', issues);
  return { to: only(fields, 'to'), body: only(fields, 'body') };
}
