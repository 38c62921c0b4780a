import { createHmac, timingSafeEqual } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Agent, request } from 'undici';
import { chanceOf, type Chance } from '../support/chance.ts';
import { envelope, partnerAdded, signatureOf, startIntake, us } from './support/intake.ts';
import { serve, type CountedServer } from './support/raw-request.ts';

const count = process.env['TEST_LONG'] === '1' ? 100_000 : 10_000;
const seed = Number(process.env['TEST_SEED'] ?? 20260101);

const heard: unknown[] = [];
const intake = startIntake({
  onWebhook: ({ data }) => void heard.push(data),
  appSecrets: [us.appSecret, 'before'],
});
let server: CountedServer;
const agent = new Agent({ connections: 32, pipelining: 1 });
beforeAll(async () => {
  server = await serve(intake.app);
});
afterAll(async () => {
  await agent.destroy();
  await server.close();
});

const templates = [
  envelope('account_update', partnerAdded()),
  envelope('account_update', partnerAdded(), { event: 'PARTNER_REMOVED', phone_number: '15550100001' }),
  envelope(
    'account_update',
    { event: 'ACCOUNT_DELETED' },
    { event: 'PARTNER_APP_INSTALLED', waba_info: { waba_id: '1', partner_app_id: us.appId } },
  ),
  envelope('messages', { messaging_product: 'whatsapp', messages: [{ from: '1', text: { body: 'é 😀' } }] }),
  {},
];
const oddValues: unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 60,
  '',
  '\0',
  '\ud800',
  '😀',
  'PARTNER_REMOVED',
  [],
  {},
  [[]],
  '9'.repeat(500),
  { waba_id: '5' },
  'x'.repeat(2_000),
];
const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'event',
  'waba_info',
  'waba_id',
  'changes',
  'entry',
  'time',
  '',
  '\0',
  'hasOwnProperty',
];

/** The same JSON with something changed somewhere: a value, a name, a member more or less, a list twice as long. */
function changed(value: unknown, chance: Chance): unknown {
  const roll = chance.below(12);
  if (roll === 0) return oddValues[chance.below(oddValues.length)];
  if (Array.isArray(value)) {
    if (roll === 1) return [...value, ...value];
    if (value.length === 0) return value;
    const at = chance.below(value.length);
    return value.map((one: unknown, index) => (index === at ? changed(one, chance) : one));
  }
  if (typeof value !== 'object' || value === null)
    return roll < 6 ? oddValues[chance.below(oddValues.length)] : value;
  const members = Object.entries(value);
  const odd = oddNames[chance.below(oddNames.length)] ?? '';
  if (members.length === 0 || roll === 1)
    return JSON.parse(
      `{${JSON.stringify(odd)}:${JSON.stringify(oddValues[chance.below(oddValues.length)])}}`,
    );
  const at = chance.below(members.length);
  if (roll === 2) return Object.fromEntries(members.filter((_one, index) => index !== at));
  if (roll === 3)
    return Object.fromEntries(members.map(([name, one], index) => [index === at ? odd : name, one]));
  return Object.fromEntries(
    members.map(([name, one], index) => [name, index === at ? changed(one, chance) : one]),
  );
}

/** Bytes with something changed that is no longer JSON of that meaning, or no JSON at all. */
function broken(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.below(Math.max(1, bytes.length));
  switch (chance.below(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([chance.below(256)]), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 3:
      return Buffer.concat([bytes, bytes]);
    case 4:
      return Buffer.concat([Buffer.from('\uFEFF'), bytes]);
    case 5:
      return Buffer.from('['.repeat(1 + chance.below(5_000)));
    default: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
      return copy;
    }
  }
}

/** A header of some form: right, by an old secret, of another body, or no signature at all. */
function headerFor(bytes: Buffer, chance: Chance): string | undefined {
  const right = signatureOf(bytes);
  switch (chance.below(14)) {
    case 0:
      return undefined;
    case 1:
      return '';
    case 2:
      return right.slice(0, chance.below(right.length));
    case 3:
      return `${right}${'0123456789abcdefg '[chance.below(18)]}x`;
    case 4: {
      const at = 'sha256='.length + chance.below(64);
      return `${right.slice(0, at)}${((parseInt(right[at] ?? '0', 16) + 1) % 16).toString(16)}${right.slice(at + 1)}`;
    }
    case 5:
      return signatureOf(Buffer.concat([bytes, Buffer.from(' ')]));
    case 6:
      return signatureOf(bytes, 'guess');
    case 7:
      return right.replace('sha256', chance.of(['sha1', 'sha512', 'SHA256', 'md5', '']));
    case 8:
      return `${right}, ${right}`;
    case 9:
      return signatureOf(bytes, 'before');
    default:
      return right;
  }
}

/** The oracle, in the words of Meta's page: whether one of the secrets made this header from these bytes. */
function isGenuine(bytes: Buffer, header: string | undefined): boolean {
  if (header?.length !== 71 || !header.startsWith('sha256=')) return false;
  return [us.appSecret, 'before'].some((secret) =>
    timingSafeEqual(
      Buffer.from(`sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`),
      Buffer.from(header),
    ),
  );
}

function isObject(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

it(
  `never fails and never believes what is not signed: ${count} bodies, each changed somewhere`,
  async () => {
    const chance = chanceOf(seed);
    const loose: unknown[] = [];
    const note = (error: unknown) => void loose.push(error);
    process.on('unhandledRejection', note).on('uncaughtException', note);
    const seen = new Map<number, number>();
    let next = 0;
    const work = async () => {
      while (next < count) {
        const n = (next += 1);
        let body: unknown = templates[chance.below(templates.length)];
        for (let times = chance.below(5); times > 0; times -= 1) body = changed(body, chance);
        let bytes: Buffer = Buffer.from(JSON.stringify(body) ?? '');
        if (chance.below(4) === 0) bytes = broken(bytes, chance);
        const header = headerFor(bytes, chance);
        // On the way somebody may change the bytes as well.
        if (chance.below(10) === 0) bytes = broken(bytes, chance);
        const answer = await request(`http://127.0.0.1:${server.port}/signup/webhook`, {
          method: 'POST',
          body: bytes,
          headers: {
            'content-type': 'application/json',
            ...(header === undefined ? {} : { 'x-hub-signature-256': header }),
          },
          dispatcher: agent,
        });
        const text = await answer.body.text();
        const expected = !isGenuine(bytes, header) ? 401 : isObject(bytes) ? 200 : 400;
        // Ten thousand calls of `expect` would take longer than the calls of the host.
        if (answer.statusCode !== expected || text.includes('CANARY')) {
          throw new Error(
            `seed ${seed}, body ${n}: ${answer.statusCode} instead of ${expected}: ${text} to ${bytes.toString('latin1').slice(0, 500)}`,
          );
        }
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
      }
    };
    try {
      await Promise.all(Array.from({ length: 16 }, work));
      // Rejections that nobody takes are told after a turn.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', note).off('uncaughtException', note);
    }
    expect(loose).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(intake.log.filter(({ level }) => level !== 'debug')).toEqual([]);
    // Each way was gone often, or the test is about something else.
    for (const status of [200, 400, 401]) expect(seen.get(status)).toBeGreaterThan(count / 50);
    expect(intake.recorded.length).toBeGreaterThan(count / 50);
    expect(heard.length).toBeGreaterThan(count / 50);
  },
  count === 10_000 ? 60_000 : 1_800_000,
);
