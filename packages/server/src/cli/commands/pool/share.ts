import { examples, type AddCommand } from '../../command-context.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { actOnNumber, withNumberOptions, type NumberCommandOptions } from '../../pool/number-command.ts';

const partnerArgument = ['<business-id>', 'Meta’s id of the partner’s business portfolio'] as const;

/** `pool share`. */
export const addPoolShare: AddCommand = (pool, context) => {
  const command = pool
    .command('share')
    .description('let a partner offer a number to its customers')
    .argument(...numberArgument)
    .argument(...partnerArgument);
  withNumberOptions(command)
    .addHelpText('after', examples('pool share "+1 555-010-0001" 1234567890'))
    .action(
      context.ends((given: string, businessId: string, options: NumberCommandOptions) =>
        actOnNumber(context, given, options, async ({ signup, record, who }) => {
          await signup.pool.share(record.id, who, businessId);
          return {
            view: { id: record.id, phoneNumber: record.phoneNumber, businessId, shared: true },
            said: `Business ${businessId} may offer ${record.displayPhoneNumber} now.`,
          };
        }),
      ),
    );
};

/** `pool unshare`. */
export const addPoolUnshare: AddCommand = (pool, context) => {
  const command = pool
    .command('unshare')
    .description('take a number back from a partner')
    .argument(...numberArgument)
    .argument(...partnerArgument);
  withNumberOptions(command)
    .addHelpText('after', examples('pool unshare "+1 555-010-0001" 1234567890'))
    .action(
      context.ends((given: string, businessId: string, options: NumberCommandOptions) =>
        actOnNumber(context, given, options, async ({ signup, record, who }) => {
          await signup.pool.unshare(record.id, who, businessId);
          return {
            view: { id: record.id, phoneNumber: record.phoneNumber, businessId, shared: false },
            said: `Business ${businessId} can no longer offer ${record.displayPhoneNumber}.`,
          };
        }),
      ),
    );
};
