import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraphClient, type GraphClientOptions } from '../../src/graph/index.ts';
import { maskSecrets } from '../../src/graph/mask-secrets.ts';
import { RecordingDispatcher, type Reply } from './support/recording-dispatcher.ts';

function playground(reply: Reply, more: Partial<GraphClientOptions> = {}) {
  const dispatcher = new RecordingDispatcher(() => reply);
  const graph = createGraphClient({ appId: '1', appSecret: 's', token: 't', dispatcher, ...more });
  return { dispatcher, graph };
}
const newer: Reply = { body: { success: true }, headers: { 'facebook-api-version': 'v27.0' } };
const input = { phoneNumberId: '9', pin: '123456' };
const fails = (): unknown => {
  throw new Error('the disk is full');
};
/** An async function where none is expected, as callers have them. */
const failsLater = (): unknown => Promise.reject(new Error('nobody listens'));

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

describe('an answer that was paid for', () => {
  it.each([fails, failsLater])('survives a logger and a listener that fail', async (fail) => {
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const { graph } = playground(newer, { logger, onVersionMismatch: fail });
    await graph.phoneNumber.register(input);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });

  it('is a success with an error of null beside it', async () => {
    const { graph } = playground({ body: { success: true, error: null } });
    await graph.phoneNumber.register(input);
  });

  it('is masked also where a secret is half a character', () => {
    expect(maskSecrets('half \ud800. of tok%2fx, tok%2Fx', ['\ud800', 'tok/x'])).toBe(
      'half [secret]. of [secret], [secret]',
    );
  });

  it('is not asked for with a code that cannot be one', async () => {
    const { dispatcher, graph } = playground({ body: { access_token: 'x' } });
    for (const code of ['abc\ud800', 'é', 'a b', '', 7]) {
      await expect(graph.oauth.accessToken({ code: code as string })).rejects.toThrow(TypeError); // as without types
    }
    expect(dispatcher.calls).toEqual([]);
  });

  it('is not asked for with a number that is none', async () => {
    const { dispatcher, graph } = playground({ body: { id: '1' } });
    for (const text of ['', ' ', '+', 'call me', '+1 555 CALL']) {
      await expect(graph.business.addPhoneNumbers({ businessId: '5', phoneNumber: text })).rejects.toThrow(
        TypeError,
      );
      for (const odd of [{ countryCode: text }, { phoneNumber: text }, { verifiedName: ' ' }]) {
        const whole = {
          wabaId: '5',
          countryCode: '+1',
          phoneNumber: '(555) 0100',
          verifiedName: 'A',
          ...odd,
        };
        await expect(graph.whatsAppBusinessAccount.createPhoneNumber(whole)).rejects.toThrow(TypeError);
      }
    }
    expect(dispatcher.calls).toEqual([]);
  });
});

describe('too many requests for a one-time code', () => {
  it('stop further ones for this number, and nothing else', async () => {
    const { dispatcher, graph } = playground({ status: 422, body: { error: { code: 613 } } });
    const ask = (id: string) => graph.phoneNumber.requestCode({ id, method: 'SMS', language: 'en_US' });
    await expect(ask('9')).rejects.toMatchObject({ kind: 'throttled', facts: { sent: true } });
    await expect(ask('9')).rejects.toMatchObject({ kind: 'throttled', facts: { sent: false } });
    await expect(ask('8')).rejects.toMatchObject({ facts: { sent: true } });
    dispatcher.reply = () => ({ body: { success: true } });
    await graph.phoneNumber.verifyCode({ id: '9', code: '123456' });
    expect(dispatcher.calls.length).toBe(3);
  });
});
