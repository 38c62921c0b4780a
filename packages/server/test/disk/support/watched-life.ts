import { join } from 'node:path';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { openSessions, type CustomerWithSession } from './customers.ts';
import { newDatabaseFile, type DatabaseFile } from './database-file.ts';
import { startIntakeHost } from './intake-host.ts';
import { readCalls, type SystemCall } from './read-calls.ts';
import { readTrace, startServer, type ServerProcess, type Watch } from './server-process.ts';

/** One server program and its lives, for the tests of one file. */
export interface WatchedLives {
  /** A file of its own for each test. */
  file(): DatabaseFile;
  /** Opens sessions in this process and without trouble, so that the next life has nothing to write but claims. */
  prepare(customers: number): Promise<CustomerWithSession[]>;
  start(watch?: Omit<Watch, 'trace'>): Promise<ServerProcess>;
  /** The system calls of the watched life that ended last. */
  calls(): Promise<SystemCall[]>;
  beforeAll(): Promise<void>;
  beforeEach(): Promise<void>;
  afterEach(): Promise<void>;
  afterAll(): Promise<void>;
}

/** Keeps what must not be left behind: processes, folders, the bundle. Its last four are for vitest's hooks. */
export function watchedLives(): WatchedLives {
  let bundle: BundledProgram | undefined;
  let file: DatabaseFile | undefined;
  let watch: Watch | undefined;
  const running: ServerProcess[] = [];
  const theFile = () => file ?? fail();
  const start: WatchedLives['start'] = async (asked) => {
    if (asked !== undefined) watch = { ...asked, trace: join(theFile().folder, 'trace') };
    const one = await startServer(
      (bundle ?? fail()).file,
      theFile().path,
      asked === undefined ? undefined : watch,
    );
    running.push(one);
    return one;
  };
  return {
    file: theFile,
    start,
    async prepare(customers) {
      const host = await startIntakeHost(theFile().path);
      try {
        return await openSessions(`http://127.0.0.1:${host.port}`, customers);
      } finally {
        await host.close();
      }
    },
    calls: async () => readCalls(await readTrace(watch ?? fail())),
    async beforeAll() {
      bundle = await bundleProgram(new URL('server-program.ts', import.meta.url));
    },
    async beforeEach() {
      file = await newDatabaseFile();
    },
    async afterEach() {
      for (const one of running.splice(0)) await one.kill();
      await file?.remove();
    },
    afterAll: async () => bundle?.remove(),
  };
}

function fail(): never {
  throw new Error('watchedLives: a hook was left out');
}
