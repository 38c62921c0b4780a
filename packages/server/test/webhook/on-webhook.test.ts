import { inspect } from 'node:util';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, type WebhookEvent } from '../../src/index.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { envelope, partnerAdded, signatureOf, startIntake, us, type Intake } from './support/intake.ts';

const post = ({ app }: Intake, body: unknown) => {
  const text = JSON.stringify(body);
  return request(app)
    .post('/signup/webhook')
    .set('Content-Type', 'application/json')
    .set('X-Hub-Signature-256', signatureOf(text))
    .send(text);
};
const message = { from: '16505551234', text: { body: 'CANARY-text' } };
const account = { value: partnerAdded(), field: 'account_update' };
const other = { value: message, field: 'messages' };
const entryOf = (...changes: unknown[]) => ({ id: us.businessId, time: t0 / 1000, changes });
const bodyOf = (...entry: unknown[]) => ({ object: 'whatsapp_business_account', entry });

/** The host's handler, which notes what it was told, and fails as long as it is told to. */
function handler() {
  const told: WebhookEvent[] = [];
  let fail: (() => unknown) | undefined;
  return {
    told,
    failWith: (how: (() => unknown) | undefined) => void (fail = how),
    onWebhook(event: WebhookEvent) {
      told.push(event);
      return fail?.();
    },
  };
}

describe('on.webhook', () => {
  it('is told of everything that the kit does not act on, in Meta’s own words', async () => {
    const { told, onWebhook } = handler();
    const intake = startIntake({ onWebhook });
    const body = bodyOf(entryOf(other, { value: { event: 'ACCOUNT_VIOLATION' }, field: 'account_update' }));
    expect((await post(intake, body)).status).toBe(200);
    expect(told).toEqual([
      { id: told[0]?.id, type: 'webhook', occurredAt: new Date(t0).toISOString(), data: body },
    ]);
    expect(told[0]?.id).toMatch(/^[\w-]{43}$/);
    expect(intake.recorded).toEqual([]);
  });

  it('is not told of what the kit acts on, also when it came in the same body', async () => {
    const { told, onWebhook } = handler();
    const intake = startIntake({ onWebhook });
    await post(intake, bodyOf(entryOf(account)));
    expect(told).toEqual([]);
    await post(intake, bodyOf(entryOf(other, account), entryOf(account), { id: '1' }));
    expect(told.map(({ data }) => data)).toEqual([bodyOf(entryOf(other), { id: '1' })]);
    expect(intake.recorded.map(({ changes }) => changes.length)).toEqual([1, 2]);
  });

  it('is not told of an envelope without anything in it, such as the doctor sends', async () => {
    const { told, onWebhook } = handler();
    const intake = startIntake({ onWebhook });
    expect((await post(intake, bodyOf())).status).toBe(200);
    expect([told, intake.recorded]).toEqual([[], []]);
  });

  it('has the same id for the same content, and another one for another', async () => {
    const { told, onWebhook } = handler();
    const intake = startIntake({ onWebhook });
    await post(intake, bodyOf(entryOf(other)));
    await post(intake, bodyOf(entryOf(other, account)));
    await post(intake, bodyOf({ ...entryOf(other), time: 1 }));
    const [first, repeat, third] = told.map(({ id }) => id);
    expect(repeat).toBe(first);
    expect(third).not.toBe(first);
  });

  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new TypeError('CANARY');
      },
      'TypeError',
    ],
    ['rejects', () => Promise.reject(new RangeError('CANARY')), 'RangeError'],
    [
      'throws what is no error',
      () => {
        throw { CANARY: 'CANARY' };
      },
      'object',
    ],
    [
      'throws an error with a code',
      () =>
        Promise.reject(
          Object.assign(new Error('x', { cause: Object.assign(new Error('x'), { code: 'CANARY' }) }), {
            code: 'CANARY',
          }),
        ),
      'Error',
    ],
    ['throws nothing', () => Promise.reject(undefined), 'undefined'],
    [
      'throws an error with a name of its own',
      () => {
        throw Object.assign(new Error('x'), { name: 'CANARY of 102290129340398' });
      },
      'Error',
    ],
    [
      'throws what throws when it is looked at',
      () => {
        throw new Proxy(new Error('x'), {
          get: () => {
            throw new Error('CANARY');
          },
        });
      },
      'Error',
    ],
  ])('that %s has Meta send it again, and it is told again', async (_name, fail, name) => {
    const { told, onWebhook, failWith } = handler();
    const intake = startIntake({ onWebhook });
    const body = bodyOf(entryOf(other, account));
    failWith(fail);
    const answer = await post(intake, body);
    expect([answer.status, answer.body.code]).toEqual([500, 'webhook_not_handled']);
    // What the kit acts on was kept before: the host's trouble is not the customer's.
    expect(intake.recorded).toHaveLength(1);
    const error = intake.log.find(({ level }) => level === 'error');
    expect(error).toMatchObject({
      message: expect.stringContaining('on.webhook'),
      facts: { error: name },
    });
    expect(answer.text + JSON.stringify(intake.log)).not.toMatch(/CANARY|102290129340398/);
    failWith(undefined);
    expect((await post(intake, body)).status).toBe(200);
    expect(told.map(({ id }) => id)).toEqual([told[0]?.id, told[0]?.id]);
    expect(intake.recorded[1]?.changes.map(({ mark }) => mark)).toEqual(
      intake.recorded[0]?.changes.map(({ mark }) => mark),
    );
  });

  it('refuses in the same words to a host with a callback of its own', async () => {
    const { receive } = startIntake({ onWebhook: () => Promise.reject(new TypeError('CANARY')) });
    const body = Buffer.from(JSON.stringify(bodyOf(entryOf(other))));
    const error: unknown = await receive(body, { 'x-hub-signature-256': signatureOf(body) }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ name: 'WebhookRefusedError', code: 'webhook_not_handled', status: 500 });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  it('is waited for before the answer', async () => {
    let finish: () => void = () => undefined;
    const told: true[] = [];
    const intake = startIntake({
      onWebhook: () => {
        told.push(true);
        return new Promise<void>((resolve) => (finish = resolve));
      },
    });
    let answered = false;
    const answer = post(intake, bodyOf(entryOf(other))).then((given) => {
      answered = true;
      return given;
    });
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    finish();
    expect((await answer).status).toBe(200);
  });

  it('comes after the commit, and not at all when there was none', async () => {
    const { told, onWebhook } = handler();
    const intake = startIntake({
      onWebhook,
      recordWebhook: () => Promise.reject(new StoreUnavailableError('locked')),
    });
    const answer = await post(intake, bodyOf(entryOf(other, account)));
    expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
    expect(answer.headers['retry-after']).toBe('2');
    expect(told).toEqual([]);
    // What needs no commit is taken all the same.
    expect((await post(intake, bodyOf(entryOf(other)))).status).toBe(200);
    expect(told).toHaveLength(1);
  });

  it('is not needed: what nobody wants is acknowledged, and its field alone is noted', async () => {
    const intake = startIntake();
    const odd = { field: 'CANARY field', value: message };
    const { status } = await post(intake, bodyOf(entryOf(other, other, odd), { id: 'CANARY' }));
    expect(status).toBe(200);
    expect(intake.log).toEqual([
      { level: 'debug', message: expect.any(String), facts: { fields: 'messages ?' } },
    ]);
    expect(intake.recorded).toEqual([]);
  });
});

describe('what the kit acts on', () => {
  it('is kept with the look that follows from it, when the browser had its time', async () => {
    const intake = startIntake();
    expect((await post(intake, envelope('account_update', partnerAdded()))).status).toBe(200);
    expect(intake.recorded).toEqual([
      {
        now: t0,
        lookAt: t0 + 90_000,
        changes: [
          {
            mark: expect.stringMatching(/^[\w-]{43}$/),
            event: {
              kind: 'added',
              wabaId: '102290129340398',
              ownerBusinessId: '2729063490586005',
              at: t0 - 5_000,
            },
          },
        ],
      },
    ]);
    expect(intake.log).toEqual([]);
  });

  it('has the same mark in whichever body it comes, and another one for another time, entry or value', async () => {
    const intake = startIntake();
    const later = { ...entryOf(account), time: t0 / 1000 + 1 };
    const elsewhere = { ...entryOf(account), id: '5' };
    const richer = entryOf({ ...account, value: { ...partnerAdded(), more: 1 } });
    await post(intake, bodyOf(entryOf(account)));
    await post(intake, bodyOf(later, elsewhere, entryOf(other), richer, entryOf(other, account)));
    const [alone = [], together = []] = intake.recorded.map(({ changes }) => changes.map(({ mark }) => mark));
    expect(together).toHaveLength(4);
    expect(new Set(together).size).toBe(4);
    expect(together[3]).toBe(alone[0]);
  });
});
