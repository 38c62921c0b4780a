import type { Command } from 'commander';
import { operatorClaimView } from '../../http/claim-view.ts';
import type { Claim } from '../../ports/records.ts';
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
import { findClaim } from './find-claim.ts';

/** What every command has that does something with one claim. */
export interface ClaimCommandOptions extends ConfigOption {
  as?: string;
  json?: boolean;
}

/** What it is done with. */
export interface ClaimToActOn extends OpenedSignup {
  id: string;
  /** For the history. */
  who: string;
}

/** Adds the options that every command has that does something with one claim. */
export const withClaimOptions = (command: Command): Command =>
  command
    .option(...configOption)
    .addOption(asOption())
    .option(...jsonOption);

/**
 * Finds the claim and does something with it.
 *
 * @param act resolves to the claim as it is then, and to what is said to a person
 */
export function actOnClaim(
  context: CommandContext,
  given: string,
  { config, as, json = false }: ClaimCommandOptions,
  act: (claim: ClaimToActOn) => Promise<{ after: Claim; said: string }>,
): Promise<number> {
  const who = whoActs(as, context);
  return withSignup(context, config, async (opened) => {
    const { id } = await findClaim(opened.signup.claims, given);
    const { after, said } = await act({ ...opened, id, who });
    if (json) context.terminal.out(JSON.stringify(operatorClaimView(after)));
    context.terminal.say(said);
    return exitCodes.done;
  });
}
