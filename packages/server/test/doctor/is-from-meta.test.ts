import { describe, expect, it } from 'vitest';
import { isFromMeta } from '../../src/graph/wire/is-from-meta.ts';

const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers,
});
const error = (members: object) => JSON.stringify({ error: members });

describe('an answer', () => {
  it.each([
    ['of the version', answer(404, '<p>', { 'facebook-api-version': 'v26.0' })],
    ['of a trace', answer(500, '', { 'x-fb-trace-id': 'A1b' })],
    ['of another header', answer(400, 'oops', { 'x-fb-debug': 'x' })],
    ['of the error', answer(400, error({ code: 190, fbtrace_id: 'A1b' }))],
    ['of the list', answer(200, '{"data":[]}')],
    ['of the data', answer(200, '{"data":{"is_valid":true}}')],
    ['of the object', answer(200, '{"id":"118620475930264","name":"A"}')],
    ['of an error beside success', answer(200, error({ code: 4, fbtrace_id: 'A1b' }))],
  ])('is known as Meta’s because %s', (_why, given) => expect(isFromMeta(given)).toBe(true));

  it.each([
    ['a page', answer(200, '<title>Log in</title>')],
    ['a page that is not there', answer(404, '<p>')],
    ['nothing', answer(204, '')],
    ['a text', answer(200, '"data"')],
    ['null', answer(200, 'null')],
    ['a list', answer(200, '[{"data":[]}]')],
    ['an error without a trace', answer(401, error({ code: 190, message: 'Unauthorized' }))],
    ['an error without a code', answer(400, error({ fbtrace_id: 'A1b' }))],
    ['an error that is a text', answer(400, '{"error":"code fbtrace_id"}')],
    ['data with a refusal', answer(404, '{"data":[]}')],
    ['no data', answer(200, '{"data":null}')],
    ['an id with a refusal', answer(404, '{"id":"118620475930264"}')],
    ['an id of another kind', answer(200, '{"id":"b7c1"}')],
    ['headers of a proxy', answer(502, '', { server: 'nginx', 'x-forwarded-for': 'x-fb' })],
  ])('is not, being %s', (_what, given) => expect(isFromMeta(given)).toBe(false));
});
