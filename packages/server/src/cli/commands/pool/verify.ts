import { expiryOf } from '../../../domain/number-lifecycle.ts';
import { numberView } from '../../../http/number-view.ts';
import { examples, type AddCommand } from '../../command-context.ts';
import { momentAndDistance } from '../../distance.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { actOnNumber, withNumberOptions, type NumberCommandOptions } from '../../pool/number-command.ts';

/** `pool verify`. */
export const addPoolVerify: AddCommand = (pool, context) => {
  const command = pool
    .command('verify')
    .description('hand in the one-time code that came to a number')
    .argument(...numberArgument)
    .argument('<code>', 'the six digits, such as 123456 or 123-456');
  withNumberOptions(command)
    .addHelpText('after', examples('pool verify "+1 555-010-0001" 123-456'))
    .action(
      context.ends((given: string, code: string, options: NumberCommandOptions) =>
        actOnNumber(context, given, options, async ({ signup, record, who, now, businessId }) => {
          const after = await signup.pool.submitCode(record.id, who, code);
          const expiry = expiryOf(after);
          return {
            view: numberView(after, now(), businessId),
            said:
              `${after.displayPhoneNumber} is verified` +
              (expiry === undefined ? '.' : ` until ${momentAndDistance(expiry, now())}.`),
          };
        }),
      ),
    );
};
