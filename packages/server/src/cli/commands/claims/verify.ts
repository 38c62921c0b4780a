import { actOnClaim, withClaimOptions, type ClaimCommandOptions } from '../../claims/claim-command.ts';
import { claimArgument } from '../../claims/find-claim.ts';
import { examples, type AddCommand } from '../../command-context.ts';

/** `claims verify`. */
export const addClaimsVerify: AddCommand = (claims, context) => {
  const command = claims
    .command('verify')
    .description('hand in the one-time code that came to the number of a claim')
    .argument(...claimArgument)
    .argument('<code>', 'the six digits, such as 123456 or 123-456');
  withClaimOptions(command)
    .addHelpText('after', examples('claims verify "+1 555-010-0001" 123-456'))
    .action(
      context.ends((given: string, code: string, options: ClaimCommandOptions) =>
        actOnClaim(context, given, options, async ({ signup, id, who }) => {
          const after = await signup.claims.submitCode(id, who, code);
          const said = `${after.displayPhoneNumber ?? 'The number'} is verified, and the servers register it. Look at it with: embedded-signup claims show ${id}`;
          return { after, said };
        }),
      ),
    );
};
