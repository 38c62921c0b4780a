import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../src/config/derive-keys.ts';
import { Secret } from '../../src/config/secret.ts';
import { createJoseCipher } from '../../src/system/jose-cipher.ts';
import { createJoseSessionTokens } from '../../src/system/jose-session-tokens.ts';

const old = new Secret('an-old-secret-of-at-least-32-bytes-000');
const current = new Secret('the-current-secret-of-32-bytes-or-more');
const t0 = Date.UTC(2026, 0, 1);

describe('the cipher', async () => {
  const cipher = await createJoseCipher(deriveKeys([current], 'data'));

  it('opens what it sealed, for the cell it was sealed for and no other', async () => {
    const sealed = await cipher.seal('123456', 'pins.pin/1');
    expect(await cipher.open(sealed, 'pins.pin/1')).toBe('123456');
    await expect(cipher.open(sealed, 'pins.pin/2')).rejects.toMatchObject({ code: 'cipher_failed' });
    await expect(cipher.open(sealed, 'claims.token/1')).rejects.toMatchObject({ code: 'cipher_failed' });
  });

  it('opens nothing that was altered by one character', async () => {
    const sealed = await cipher.seal('a token', 'cell');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sealed.length - 1),
        fc.constantFrom('A', 'b', '7', '.', '-'),
        async (at, char) => {
          const altered = sealed.slice(0, at) + char + sealed.slice(at + 1);
          // The last character of a base64url part carries unused bits: another spelling of the same bytes is no alteration.
          fc.pre(bytesOf(altered) !== bytesOf(sealed));
          await expect(cipher.open(altered, 'cell')).rejects.toMatchObject({ code: 'cipher_failed' });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes on opening what an older secret sealed, until that secret is taken away', async () => {
    const before = await createJoseCipher(deriveKeys([old], 'data'));
    const sealed = await before.seal('x', 'cell');
    const rotated = await createJoseCipher(deriveKeys([current, old], 'data'));
    expect(await rotated.open(sealed, 'cell')).toBe('x');
    await expect(cipher.open(sealed, 'cell')).rejects.toMatchObject({ code: 'cipher_failed' });
  });
});

describe('session tokens', () => {
  const session = {
    id: 's1',
    customerId: 'ada',
    openedAt: t0,
    launchUntil: t0 + 3_600_000,
    claimUntil: t0 + 86_400_000,
  };
  const make = (secrets: Secret[], appId = '1', now = t0) =>
    createJoseSessionTokens({ keys: deriveKeys(secrets, 'sessions'), appId, now: () => now });

  it('say what was signed', async () => {
    const tokens = await make([current]);
    expect(await tokens.verify(await tokens.sign(session))).toEqual(session);
  });

  it('of another app, or of another purpose’s key, are none', async () => {
    const token = await (await make([current], '2')).sign(session);
    await expect((await make([current], '1')).verify(token)).rejects.toMatchObject({
      code: 'session_invalid',
    });
    const dataKeys = await createJoseSessionTokens({
      keys: deriveKeys([current], 'data'),
      appId: '1',
      now: () => t0,
    });
    const foreign = await dataKeys.sign(session);
    await expect((await make([current])).verify(foreign)).rejects.toMatchObject({ code: 'session_invalid' });
  });

  it('outlive a rotation of the secret, and not the secret’s removal', async () => {
    const token = await (await make([old])).sign(session);
    expect((await (await make([current, old])).verify(token)).id).toBe('s1');
    await expect((await make([current])).verify(token)).rejects.toMatchObject({ code: 'session_invalid' });
  });

  it.each([
    ['the new secret is appended', [old], [old, current]],
    ['it comes to the front', [old, current], [current, old]],
    ['the old one is taken away', [current, old], [current]],
  ])('of each node are taken by the other while %s', async (_name, before, after) => {
    const nodes = [await make(before), await make(after)];
    for (const maker of nodes) {
      const token = await maker.sign(session);
      for (const taker of nodes) expect((await taker.verify(token)).id).toBe('s1');
    }
  });

  it('of a secret that came to the front at once are refused by a node without it', async () => {
    const token = await (await make([current, old])).sign(session);
    await expect((await make([old])).verify(token)).rejects.toMatchObject({ code: 'session_invalid' });
  });

  it('are over when their time is, by the second', async () => {
    const token = await (await make([current])).sign(session);
    expect((await (await make([current], '1', session.claimUntil - 1000)).verify(token)).id).toBe('s1');
    const late = await make([current], '1', session.claimUntil);
    await expect(late.verify(token)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('need every claim, the type, the issuer and the algorithm', async () => {
    const [key] = deriveKeys([current], 'sessions');
    if (key === undefined) throw new Error('no key');
    const header = { alg: 'HS256', typ: 'signup-session+jwt', kid: key.kid };
    const claims: Record<string, unknown> = {
      iss: 'embedded-signup-kit',
      aud: '1',
      sub: 'ada',
      jti: 's1',
      lx: t0 / 1000 + 3600,
      iat: t0 / 1000,
      exp: t0 / 1000 + 86_400,
    };
    const sign = (h: typeof header, c: Record<string, unknown>) =>
      new SignJWT(c).setProtectedHeader(h).sign(key.bytes);
    const tokens = await make([current]);
    expect((await tokens.verify(await sign(header, claims))).id).toBe('s1');
    const wrong = [
      ...Object.keys(claims).map((name) => sign(header, { ...claims, [name]: undefined })),
      sign(header, { ...claims, iss: 'someone' }),
      sign(header, { ...claims, exp: 'tomorrow' }),
      sign(header, { ...claims, lx: '1' }),
      sign({ ...header, typ: 'JWT' }, claims),
      sign({ ...header, kid: '../key' }, claims),
      sign({ ...header, alg: 'HS384' }, claims),
    ];
    for (const token of await Promise.allSettled(wrong)) {
      if (token.status === 'rejected') continue; // jose itself does not sign that
      await expect(tokens.verify(token.value)).rejects.toMatchObject({ code: 'session_invalid' });
    }
  });
});

function bytesOf(compact: string): string {
  return compact
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');
}
