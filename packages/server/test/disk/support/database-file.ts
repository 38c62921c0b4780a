import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A database file in a folder of its own. */
export interface DatabaseFile {
  folder: string;
  path: string;
  /** The write-ahead log beside it. */
  wal: string;
  /** The index of that log. */
  shm: string;
  remove(): Promise<void>;
}

/** Names a file that is not there yet. */
export async function newDatabaseFile(): Promise<DatabaseFile> {
  const folder = await mkdtemp(join(tmpdir(), 'signup-disk-'));
  const path = join(folder, 'signup.db');
  return {
    folder,
    path,
    wal: `${path}-wal`,
    shm: `${path}-shm`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What is left in a file when its server is gone. */
export interface LeftInFile {
  /** What SQLite says about the file: `ok`. */
  integrity: unknown;
  /** The ids of the claims, in order. */
  claims: string[];
  /** Claims without their history or without their row of work; none, because all three are written in one transaction. */
  torn: string[];
}

/** Opens the file as the next process would, which plays the write-ahead log back. */
export function readFileOf({ path }: DatabaseFile): LeftInFile {
  const file = new Database(path);
  try {
    const ids = (sql: string) =>
      file
        .prepare<[], { id: string }>(sql)
        .all()
        .map(({ id }) => id);
    return {
      integrity: file.pragma('integrity_check', { simple: true }),
      claims: ids('select id from signup_claims order by id'),
      torn: ids(
        `select id from signup_claims where id not in (select claim_id from signup_claim_history)
           or id not in (select claim_id from signup_work where kind = 'claim')`,
      ),
    };
  } finally {
    file.close();
  }
}
