import { operatorClaimView } from '../../../http/claim-view.ts';
import { examples, type AddCommand } from '../../command-context.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { actOnNumber, withNumberOptions, type NumberCommandOptions } from '../../pool/number-command.ts';

interface RegisterOptions extends NumberCommandOptions {
  name: string;
}

/** `numbers register`. */
export const addNumbersRegister: AddCommand = (numbers, context) => {
  const command = numbers
    .command('register')
    .description('put a number of the pool on a customer’s account and register it, without the popup')
    .argument('<waba-id>', 'Meta’s id of the customer’s WhatsApp Business Account')
    .argument(...numberArgument)
    .requiredOption('--name <text>', 'the display name that customers see; Meta reviews it');
  withNumberOptions(command)
    .addHelpText(
      'after',
      `${examples('numbers register 102290129340398 +15550100001 --name Shrub')}
The customer must have signed up, with or without a number. The servers do
the work.
`,
    )
    .action(
      context.ends((wabaId: string, given: string, { name, ...options }: RegisterOptions) =>
        actOnNumber(context, given, options, async ({ signup, record, who }) => {
          const number = { numberId: record.id, verifiedName: name };
          const { outcome, claim } = await signup.numbers.putOnAccount(wabaId, who, number);
          const said =
            outcome === 'opened'
              ? `${record.displayPhoneNumber} is set aside for customer ${claim.customerId}, and the servers put it on the account ${wabaId}.`
              : `${record.displayPhoneNumber} is for the account ${wabaId} already: the claim is ${claim.status}.`;
          return {
            view: { claim: operatorClaimView(claim) },
            said: `${said} Look at it with: embedded-signup claims show ${claim.id}`,
          };
        }),
      ),
    );
};
