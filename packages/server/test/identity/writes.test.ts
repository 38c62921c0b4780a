import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryStatus, failedStatus, guide, incomingMessage } from './support/guide-webhooks.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

let host: IdentityHost;
beforeEach(async () => {
  host = await startIdentityHost();
});
afterEach(() => host.close());

/** All that is on disk for the database. What SQLite notes of who reads at this moment is no data. */
async function onDisk(): Promise<string> {
  const folder = dirname(host.database.address.slice('sqlite:'.length));
  const names = (await readdir(folder)).filter((name) => !name.endsWith('-shm')).toSorted();
  return (await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'latin1')))).join();
}

const withoutHash = (body: string) => body.replaceAll(/,?\s*"(recipient_)?identity_key_hash": "[^"]*"/g, '');

describe('a webhook about messages', () => {
  it('writes nothing to the database when it has no hash', async () => {
    const before = await onDisk();
    for (const body of [incomingMessage, deliveryStatus]) {
      expect(withoutHash(body)).not.toContain('identity_key_hash');
      expect(await host.post(withoutHash(body))).toBe(200);
    }
    expect(host.webhooks).toHaveLength(2);
    expect((await onDisk()) === before).toBe(true);
  });

  it('writes nothing when all of it is known', async () => {
    const bodies = [incomingMessage, deliveryStatus, failedStatus];
    for (const body of bodies) await host.post(body);
    const before = await onDisk();
    expect(before).toContain(guide.hash);
    for (const body of bodies) expect(await host.post(body)).toBe(200);
    expect((await onDisk()) === before).toBe(true);
  });

  it('leaves nothing of what people wrote in the database', async () => {
    for (const body of [incomingMessage, deliveryStatus, failedStatus]) await host.post(body);
    await host.signup.numbers
      .trustIdentity({ phoneNumberId: guide.phoneNumberId, to: `+${guide.waId}`, body: 'CANARY-text' })
      .catch(() => undefined);
    const files = await onDisk();
    expect(files).not.toMatch(/CANARY-text|Your latest statement|Pablo Morales/);
  });
});
