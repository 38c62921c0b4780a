import { actOnClaim, withClaimOptions, type ClaimCommandOptions } from '../../claims/claim-command.ts';
import { claimArgument } from '../../claims/find-claim.ts';
import { examples, type AddCommand } from '../../command-context.ts';

interface RequestCodeOptions extends ClaimCommandOptions {
  voice?: boolean;
  language?: string;
}

/** `claims request-code`. */
export const addClaimsRequestCode: AddCommand = (claims, context) => {
  const command = claims
    .command('request-code')
    .description('have Meta send a one-time code to the number of a claim that needs one')
    .argument(...claimArgument)
    .option('--voice', 'by a call, not by a text')
    .option('--language <locale>', 'of the text or the call, such as de or pt_BR (en_US)');
  withClaimOptions(command)
    .addHelpText(
      'after',
      examples(
        'claims request-code "+1 555-010-0001"',
        'claims request-code customer-17 --voice --language de',
      ),
    )
    .action(
      context.ends((given: string, { voice = false, language, ...options }: RequestCodeOptions) =>
        actOnClaim(context, given, options, async ({ signup, id, who }) => {
          const method = voice ? 'VOICE' : 'SMS';
          const after = await signup.claims.requestCode(id, who, { method, language });
          const said =
            after.status === 'needs_verification'
              ? `Meta ${voice ? 'calls' : 'sends a text to'} ${after.displayPhoneNumber ?? 'the number'} with a code, which is good for 10 minutes. ` +
                `Hand it in with: embedded-signup claims verify ${id} <code>`
              : `The number needs no code: the claim is ${after.status}, and the servers go on with it.`;
          return { after, said };
        }),
      ),
    );
};
