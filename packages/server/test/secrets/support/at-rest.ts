import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { codeCell, pinCell, tokenCell } from '../../../src/domain/cells.ts';
import type { Cipher } from '../../../src/ports/cipher.ts';
import { newClaimRow } from '../../../src/store/claims/join-halves.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { incoming } from '../../../src/testing/contract/contract-case.ts';
import { openEngine } from '../../support/open-engine.ts';

/** The kit's own cipher with these secrets, the newest first. */
export const cipherOf = (...secrets: string[]): Promise<Cipher & Required<Pick<Cipher, 'keyOf'>>> =>
  createJoseCipher(
    deriveKeys(
      secrets.map((one) => new Secret(one)),
      'data',
    ),
  ).then((cipher) => ({ ...cipher, keyOf: cipher.keyOf ?? (() => ({ kid: undefined, isNewest: false })) }));

/** What is sealed in a cell that a test made: it says which cell, and a search finds it wherever it leaks. */
export const plainOf = (cell: string): string => `CANARY-plain-of-${cell}`;

/** A cell as it is on disk. */
export interface CellOnDisk {
  cell: string;
  sealed: string;
}

/** What is at rest in a database, seen and written beside the kit. */
export interface AtRest {
  /**
   * Writes claims with a token, every third with a code, and a PIN for each. Those that are over own their number no more; that
   * it was theirs, only the calls say that were made for it. Resolves to how many cells.
   */
  seed(input: {
    claims: number;
    cipher: Cipher;
    app?: string;
    from?: number;
    areOver?: boolean;
  }): Promise<number>;
  /** The sealed token of the n-th claim that was seeded; a rotation goes through them in this order. */
  tokenOf(index: number): Promise<string>;
  /** Every sealed cell of the database, whosever it is. */
  cells(): Promise<CellOnDisk[]>;
  close(): Promise<void>;
}

/** Looks at a database whose schema is there. */
export function lookAtRest(address: string): AtRest {
  const engine = openEngine(address);
  return {
    async seed({ claims, cipher, app = '1', from = 0, areOver = false }) {
      const made = await Promise.all(
        Array.from({ length: claims }, async (_, index) => {
          const name = nameOf(app, from + index);
          const number = `${app}${String(from + index).padStart(8, '0')}`;
          const row = newClaimRow(incoming(name), { appId: app, businessId: '2' });
          const seal = (cell: string) => cipher.seal(plainOf(cell), cell);
          const hasCode = index % 3 === 0;
          return {
            claim: {
              ...row,
              live: areOver ? 0 : 1,
              phone_number_id: areOver ? null : number,
              sealed_token: await seal(tokenCell(row.id)),
              sealed_code: hasCode ? await seal(codeCell(row.session_id)) : null,
            },
            pin: {
              phone_number_id: number,
              sealed_pin: await seal(pinCell(number)),
              created_at: 0,
              supplied_by: null,
            },
            attempt: { phone_number_id: number, kind: 'register', at: 0, claim_id: row.id, fence: 1 },
            cells: hasCode ? 3 : 2,
          };
        }),
      );
      await engine.write(async (trx) => {
        for (let at = 0; at < made.length; at += 100) {
          const slice = made.slice(at, at + 100);
          await trx
            .insertInto('signup_claims')
            .values(slice.map(({ claim }) => claim))
            .execute();
          await trx
            .insertInto('signup_pins')
            .values(slice.map(({ pin }) => pin))
            .execute();
          if (!areOver) continue;
          await trx
            .insertInto('signup_attempts')
            .values(slice.map(({ attempt }) => attempt))
            .execute();
        }
      });
      return made.reduce((sum, { cells }) => sum + cells, 0);
    },
    async tokenOf(index) {
      const row = await engine.read
        .selectFrom('signup_claims')
        .select('sealed_token')
        .where('id', '=', incoming(nameOf('1', index)).id)
        .executeTakeFirstOrThrow();
      return row.sealed_token ?? '';
    },
    async cells() {
      const claims = await engine.read
        .selectFrom('signup_claims')
        .select(['id', 'session_id', 'sealed_code', 'sealed_token'])
        .execute();
      const pins = await engine.read.selectFrom('signup_pins').selectAll().execute();
      const cellOf = (cell: string, sealed: string | null) => (sealed === null ? [] : [{ cell, sealed }]);
      return [
        ...claims.flatMap((row) => [
          ...cellOf(codeCell(row.session_id), row.sealed_code),
          ...cellOf(tokenCell(row.id), row.sealed_token),
        ]),
        ...pins.flatMap((row) => cellOf(pinCell(row.phone_number_id), row.sealed_pin)),
      ];
    },
    close: () => engine.close(),
  };
}

const nameOf = (app: string, index: number) => `${app}-${String(index).padStart(6, '0')}`;

/** The cells that do not open. */
export async function closedTo(cipher: Cipher, cells: readonly CellOnDisk[]): Promise<string[]> {
  const closed = cells.map(({ cell, sealed }) =>
    cipher.open(sealed, cell).then(
      () => [],
      () => [cell],
    ),
  );
  return (await Promise.all(closed)).flat();
}

/** The cells that do not open, or that open to something else than what was sealed. */
export async function spoiledFor(cipher: Cipher, cells: readonly CellOnDisk[]): Promise<string[]> {
  const spoiled = cells.map(({ cell, sealed }) =>
    cipher.open(sealed, cell).then(
      (plain) => (plain === plainOf(cell) ? [] : [cell]),
      () => [cell],
    ),
  );
  return (await Promise.all(spoiled)).flat();
}
