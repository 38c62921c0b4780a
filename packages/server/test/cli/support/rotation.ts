import type { Ended, Program } from './program.ts';

/** A secret, marked so that a search finds it wherever it leaks. */
export const secret = (n: number): string => `CANARY-secret-${n}-0123456789-0123456789`;

/** Of the app whose rows `at-rest.ts` writes. */
export const meta = {
  appId: '1',
  appSecret: 'CANARY-app-secret-0123456789',
  configId: '2',
  businessId: '2',
  systemUserToken: 'EAASCANARYsystemusertoken',
};

/** What `secrets rotate --json` has printed. */
export const resultOf = ({ out }: Ended) =>
  JSON.parse(out) as {
    sealed: number;
    current: number;
    changed: number;
    unreadable: { kid: string | null; texts: number }[];
    complete: boolean;
  };

/** Runs `secrets rotate`. */
export const rotateWith = (cli: Program, config: string, ...args: string[]): Promise<Ended> =>
  cli.run(['secrets', 'rotate', '--config', config, ...args]);
