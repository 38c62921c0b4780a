import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { hostEventTypes } from '../../src/domain/host-event-types.ts';
import { signEvent } from '../../src/host-events/sign-event.ts';

const packageFolder = join(import.meta.dirname, '../..');
const page = await readFile(join(packageFolder, '../../docs/host-events.md'), 'utf8');
const current = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const next = 'a text of the host’s own, ünd not ASCII';

/** The code under a heading, as a reader would copy it. */
function codeUnder(heading: string): string {
  const section = page.slice(page.indexOf(`## ${heading}`)).split(/\n## /)[0] ?? '';
  return Array.from(section.matchAll(/```js\n(.*?)```/gs), ([, code]) => code).join('\n');
}

describe('the page about events', () => {
  it('lists every type of event, and none that does not exist', () => {
    const listed = Array.from(
      page.matchAll(/^\| `((?:claim|token|number|pool|identity)\w+)` +\|/gm),
      ([, type]) => type,
    );
    expect(new Set(listed)).toEqual(new Set(hostEventTypes));
    expect(listed).toHaveLength(hostEventTypes.length);
  });

  it('says of a changed identity all that its event has', () => {
    const members = ['phoneNumberId', 'waId', 'how', 'messageId', 'changedAt', 'changeId'];
    const [, row = ''] = /^\| `identityChanged` +\|[^|]*\|([^|]*)\|$/m.exec(page) ?? [];
    expect(Array.from(row.matchAll(/`(\w+)`/g), ([, name]) => name)).toEqual(members);
    const examples = Array.from(page.matchAll(/```json\n(.*?)```/gs), ([, json = '']) =>
      JSON.parse(json),
    ) as { type: string; data: object }[]; // as the page shows them
    const { data = {} } = examples.find(({ type }) => type === 'identityChanged') ?? {};
    expect(Object.keys(data)).toEqual(members);
  });

  it('has events that are JSON', () => {
    const events = Array.from(page.matchAll(/```json\n(.*?)```/gs), ([, json = '']) => json);
    expect(events).toHaveLength(3);
    for (const json of events) {
      expect(hostEventTypes).toContain((JSON.parse(json) as { type: unknown }).type);
    }
  });
});

describe.each([
  ['whsec_ and base64', current],
  ['a text', next],
])('the example on the page, with %s for a secret', (_what, secret) => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  const lines: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signup-example-'));
    await symlink(join(packageFolder, 'node_modules'), join(folder, 'node_modules'));
    const listen = `app.listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
    await writeFile(join(folder, 'example.mjs'), `${codeUnder('Check the signature')}\n${listen}\n`);
    server = spawn(process.execPath, ['example.mjs'], {
      cwd: folder,
      env: { ...process.env, EVENTS_SECRET: secret },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (server.stdout === null) throw new Error('no output');
    const output = createInterface(server.stdout);
    const [port] = (await once(output, 'line')) as [string]; // its first line
    output.on('line', (line) => void lines.push(line));
    url = `http://127.0.0.1:${port}/signup-events`;
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  const event = { id: 'event-1', type: 'claimRegistered', data: { claim: { customerId: 'Zoë 🌱' } } };
  const body = JSON.stringify(event);
  const signed = (secrets: string[], at = Date.now()) =>
    signEvent(secrets.map((one) => new Secret(one)))({ id: event.id, at, body });
  const post = async (headers: Record<string, string>, sent = body) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: sent,
    });
    return answer.status;
  };

  it('takes what the kit has signed', async () => {
    expect(await post(signed([secret]))).toBe(204);
    await expect.poll(() => lines).toContain('event-1 claimRegistered');
  });

  it('takes it while the secret is changed, wherever the own one stands', async () => {
    expect(await post(signed([secret, 'another text of 24 bytes']))).toBe(204);
    expect(await post(signed(['another text of 24 bytes', secret]))).toBe(204);
  });

  it('refuses what another secret has signed', async () => {
    expect(await post(signed(['another text of 24 bytes']))).toBe(401);
  });

  it('refuses a body, an id or a time that was changed', async () => {
    const headers = signed([secret]);
    expect(await post(headers, body.replace('Zoë', 'Zoe'))).toBe(401);
    expect(await post({ ...headers, 'webhook-id': 'event-2' })).toBe(401);
    const time = String(Number(headers['webhook-timestamp']) + 1);
    expect(await post({ ...headers, 'webhook-timestamp': time })).toBe(401);
  });

  it('refuses what is too old, or from the future', async () => {
    expect(await post(signed([secret], Date.now() - 310_000))).toBe(401);
    expect(await post(signed([secret], Date.now() + 310_000))).toBe(401);
    expect(await post(signed([secret], Date.now() - 250_000))).toBe(204);
  });

  it('refuses what is not signed, and survives odd headers', async () => {
    const headers = signed([secret]);
    expect(await post({})).toBe(401);
    for (const signature of ['', 'v1,', 'v1', 'v2,abc', `${headers['webhook-signature']}x`, ' , ,']) {
      expect(await post({ ...headers, 'webhook-signature': signature })).toBe(401);
    }
    for (const time of ['', 'soon', '1e9', '-1', '9'.repeat(40)]) {
      expect(await post({ ...headers, 'webhook-timestamp': time })).toBe(401);
    }
    expect(await post(headers)).toBe(204);
  });
});
