import type { RotatedSecrets } from '../../secrets/rotate-secrets.ts';
import { configOption, examples, type AddCommand, type CommandContext } from '../command-context.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { withSignup } from '../open-signup.ts';

interface RotateOptions {
  config?: string;
  json?: boolean;
}

/** `secrets rotate`: takes what is at rest from the older secrets to the newest. */
export const addSecrets: AddCommand = (program, context) => {
  program
    .command('secrets')
    .description('look after the secrets that codes, tokens and PINs are sealed with')
    .command('rotate')
    .description('seal everything at rest anew with the first of `secrets`, while the servers go on')
    .option(...configOption)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `${examples('secrets rotate --config signup.config.mjs', 'secrets rotate --config signup.config.mjs --json')}
Put the new secret behind the old one on every server, then in front on every
server, then run this. It may be killed at any moment and run again. Once it
finds nothing left to seal, the old secret can be taken away.
`,
    )
    .action(context.ends((options: RotateOptions) => rotate(options, context)));
};

function rotate({ config, json = false }: RotateOptions, context: CommandContext): Promise<number> {
  const { terminal, signals } = context;
  return withSignup(context, config, async ({ signup }) => {
    const result = named(
      await signup.rotateSecrets({
        signal: signals.gracefully(),
        onProgress: ({ done, total }) =>
          terminal.progress(`sealing anew: ${done} of ${Math.max(done, total)} looked at`),
      }),
    );
    const lines = json ? [JSON.stringify(result)] : asLines(result);
    for (const line of lines) terminal.out(line);

    for (const { kid, texts } of result.unreadable) {
      terminal.fail(
        `${texts} could not be opened: ${kid === null ? 'they name no key' : `their key is ${kid}`}. ` +
          'Put the secret they were sealed with back behind the others, and run this again.',
      );
    }
    const heard = signals.heard();
    if (!result.complete && heard !== undefined) {
      terminal.say('Interrupted; what is done stays done. Run it again for the rest.');
      return exitCodeOf[heard];
    }
    if (result.unreadable.length > 0) return exitCodes.partlyFailed;
    terminal.say(result.sealed + result.changed > 0 ? runAgain : allDone);
    return exitCodes.done;
  });
}

const runAgain =
  'Run it again once every server has the same secret in front: with nothing left to seal, the others can be taken away.';
const allDone =
  'Everything is sealed with the first of `secrets`. Others are needed for sign-up sessions only, which last 24 hours.';

type NamedResult = Omit<RotatedSecrets, 'unreadable'> & {
  unreadable: { kid: string | null; texts: number }[];
};

/** A name of a key is shown only if it can be one: it comes from a text that could not be opened. */
function named({ unreadable, ...counts }: RotatedSecrets): NamedResult {
  const isName = (kid: string | undefined): kid is string => /^[\w.:/+=-]{1,64}$/.test(kid ?? '');
  return {
    ...counts,
    unreadable: unreadable.map(({ kid, texts }) => ({ kid: isName(kid) ? kid : null, texts })),
  };
}

function asLines({ sealed, current, changed, unreadable }: NamedResult): string[] {
  return (
    [
      ['sealed anew', sealed],
      ['current already', current],
      ['changed meanwhile, left alone', changed],
      ['could not be opened', unreadable.reduce((sum, { texts }) => sum + texts, 0)],
    ] as const
  ).map(([what, count]) => `${what.padEnd(32)}${count}`);
}
