import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour } from '../../src/domain/durations.ts';
import { inspectDatabase } from '../../src/store/inspect/inspect-database.ts';
import { durabilityOf } from '../../src/store/inspect/inspect-postgres.ts';
import { migrationNames } from '../../src/store/migrate.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const ext4 = 0xef53;

const look = (address: string, fileSystem = ext4) =>
  inspectDatabase(address, {
    scope: { appId: '1', businessId: '2' },
    now: () => t0,
    sleep: () => Promise.resolve(),
    fileSystemOf: () => Promise.resolve(fileSystem),
  })({ lapsingBefore: t0 + 14 * day });

/** Says something to a database behind the kit's back. */
async function say(address: string, sql: string): Promise<void> {
  if (address.startsWith('sqlite:')) {
    const database = new Database(address.slice('sqlite:'.length));
    database.exec(sql);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe.each(engines)('a look at a database of $name', ({ create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.drop());

  const migrated = async () => {
    const store = await openStore(database.address);
    await store.close();
  };

  it('finds an empty one, and makes nothing in it', async () => {
    expect(await look(database.address)).toMatchObject({ schema: 'missing', pool: undefined });
    expect(await look(database.address)).toMatchObject({ schema: 'missing' });
  });

  it('finds the schema of this version', async () => {
    await migrated();
    const seen = await look(database.address);
    expect(seen).toMatchObject({ schema: 'current', pool: { listed: 0, free: 0, freeAndLapsing: 0 } });
    expect(seen.durability.failures).toEqual([]);
  });

  it('finds migrations that are left to do', async () => {
    await migrated();
    await say(database.address, `delete from signup_migrations where name = '${migrationNames.at(-1)}'`);
    expect(await look(database.address)).toMatchObject({ schema: 'behind', pool: undefined });
  });

  it('finds that a newer version was here', async () => {
    await migrated();
    await say(database.address, `insert into signup_migrations values ('9999-later', 1)`);
    expect(await look(database.address)).toMatchObject({ schema: 'newer' });
  });

  it('counts what can be offered, and what lapses soon', async () => {
    const store = await openStore(database.address);
    const number = (id: number, verificationStatus: string, verificationExpiresAt?: number) => ({
      id: String(id),
      phoneNumber: `+1555010000${id}`,
      displayPhoneNumber: `+1 555-010-000${id}`,
      country: 'US',
      verificationStatus,
      verifiedAt: undefined,
      verificationExpiresAt,
      ownerBusinessId: '2',
    });
    await store.mirrorPool({
      numbers: [
        number(1, 'VERIFIED', t0 + 60 * day),
        number(2, 'VERIFIED', t0 + 13 * day),
        number(3, 'VERIFIED'),
        number(4, 'NOT_VERIFIED'),
        number(5, 'VERIFIED', t0 - hour),
      ],
      now: t0,
      complete: true,
    });
    await store.close();
    await say(
      database.address,
      `update signup_numbers set held_by = 'somebody', held_until = ${t0 + hour} where id = '3'`,
    );
    expect((await look(database.address)).pool).toEqual({ listed: 5, free: 2, freeAndLapsing: 1 });
    await say(database.address, `update signup_numbers set business_id = '3' where id = '1'`);
    expect((await look(database.address)).pool).toEqual({ listed: 4, free: 1, freeAndLapsing: 1 });
  });
});

describe('a look at a SQLite file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signup-look-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes neither the file nor its folder', async () => {
    await look(`sqlite:${join(folder, 'deep', 'down', 'signup.db')}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves every byte of it as it was, while a server goes on', async () => {
    const path = join(folder, 'signup.db');
    const store = await openStore(`sqlite:${path}`);
    const bytes = async () => {
      const names = (await readdir(folder)).filter((name) => !name.endsWith('-shm')); // which readers share
      const all = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name))));
      return [names.toSorted(), createHash('sha256').update(Buffer.concat(all)).digest('hex')];
    };
    const before = await bytes();
    expect(await look(`sqlite:${path}`)).toMatchObject({ schema: 'current' });
    expect(await bytes()).toEqual(before);
    await store.close();
  });

  it('refuses what is no file, no SQLite file, or in no folder, with a sentence', async () => {
    await mkdir(join(folder, 'folder'));
    await expect(look(`sqlite:${join(folder, 'folder')}`)).rejects.toThrow('is no file');
    await writeFile(join(folder, 'text'), 'CANARY is no database, however long it may be.'.repeat(100));
    await expect(look(`sqlite:${join(folder, 'text')}`)).rejects.toThrow('check that it is a SQLite file');
    await expect(look(`sqlite:${join(folder, 'text', 'signup.db')}`)).rejects.toThrow('is no folder');
  });

  it('warns of a database in memory', async () => {
    const { schema, durability } = await look('sqlite::memory:');
    expect([schema, durability.failures]).toEqual([
      'missing',
      [expect.stringContaining('gone when the process ends')],
    ]);
  });

  it.each([
    ['NFS', 0x6969, 'network'],
    ['SMB', 0xfe534d42, 'network'],
    ['CIFS, as a negative number', 0xff534d42 | 0, 'network'],
    ['FUSE', 0x65735546, 'network'],
    ['tmpfs', 0x01021994, 'in memory'],
    ['the layer of a container', 0x794c7630, 'container'],
    ['a folder for temporary files', ext4, 'temporary'],
  ])('warns of %s', async (_what, type, word) => {
    const { durability } = await look(`sqlite:${join(folder, 'signup.db')}`, type);
    expect(durability.warnings).toEqual([expect.stringContaining(word)]);
  });

  it('is content with a disk of this machine', async () => {
    // A folder that is surely not a temporary one; nothing is written there.
    const { durability } = await look(`sqlite:${join(parse(tmpdir()).root, 'signup.db')}`, ext4);
    expect(durability).toEqual({ failures: [], warnings: [] });
  });
});

describe('a look at a PostgreSQL server', () => {
  const [, postgres] = engines;
  let database: TestDatabase;
  beforeEach(async () => {
    database = (await postgres?.create()) ?? expect.fail('no PostgreSQL');
  });
  afterEach(() => database.drop());

  it('says how far its clock is ahead', async () => {
    // It is frozen here.
    expect((await look(database.address)).aheadMs).toBeGreaterThan(-1e12);
  });

  it('finds that it does not wait for the disk', async () => {
    const url = new URL(database.address);
    url.searchParams.set('options', '-c synchronous_commit=off');
    const { durability } = await look(url.href);
    expect(durability.failures).toEqual([expect.stringContaining('SET synchronous_commit = on.')]);
  });

  it('finds what a crash would destroy', () => {
    const settings = { synchronous_commit: 'local', fsync: 'off', full_page_writes: 'off' };
    expect(durabilityOf(settings).failures).toEqual([
      expect.stringContaining('SET fsync = on.'),
      expect.stringContaining('SET full_page_writes = on.'),
    ]);
  });

  it.each([
    ['nobody listens', 'postgres://user:CANARY@127.0.0.1:1/db', 'Nobody listens'],
    ['there is no such database', undefined, 'no database of the name'],
    ['the address is none', 'postgres://[CANARY', 'PostgreSQL cannot be used'],
  ])('says what to do where %s, without the address', async (_what, address, sentence) => {
    const other = new URL(database.address);
    other.pathname = '/CANARY';
    const error: unknown = await look(address ?? other.href).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain(sentence);
    expect(String(error)).not.toContain('CANARY');
  });
});
