import type { Command } from 'commander';
import type { PoolRecord } from '../../ports/records.ts';
import {
  asOption,
  configOption,
  jsonOption,
  type CommandContext,
  type ConfigOption,
} from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withSignup, type OpenedSignup } from '../open-signup.ts';
import { whoActs } from '../who-acts.ts';
import { findNumber } from './find-number.ts';

/** What every command has that does something with one number. */
export interface NumberCommandOptions extends ConfigOption {
  as?: string;
  json?: boolean;
}

/** What it is done with. */
export interface NumberToActOn extends OpenedSignup {
  record: PoolRecord;
  /** For the history. */
  who: string;
}

/** Adds the options that every command has that does something with one number. */
export const withNumberOptions = (command: Command): Command =>
  command
    .option(...configOption)
    .addOption(asOption())
    .option(...jsonOption);

/**
 * Finds the number and does something with it.
 *
 * @param act resolves to what `--json` prints, and to what is said to a person
 */
export function actOnNumber(
  context: CommandContext,
  given: string,
  { config, as, json = false }: NumberCommandOptions,
  act: (number: NumberToActOn) => Promise<{ view: object; said: string }>,
): Promise<number> {
  const who = whoActs(as, context);
  return withSignup(context, config, async (opened) => {
    const record = await findNumber(opened.signup.pool, given);
    const { view, said } = await act({ ...opened, record, who });
    if (json) context.terminal.out(JSON.stringify(view));
    context.terminal.say(said);
    return exitCodes.done;
  });
}
