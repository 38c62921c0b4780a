import { numberView } from '../../../http/number-view.ts';
import { examples, type AddCommand } from '../../command-context.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { actOnNumber, withNumberOptions, type NumberCommandOptions } from '../../pool/number-command.ts';

interface RequestCodeOptions extends NumberCommandOptions {
  voice?: boolean;
  language?: string;
}

/** `pool request-code`. */
export const addPoolRequestCode: AddCommand = (pool, context) => {
  const command = pool
    .command('request-code')
    .description('have Meta send a one-time code to a number')
    .argument(...numberArgument)
    .option('--voice', 'by a call, not by a text')
    .option('--language <locale>', 'of the text or the call, such as de or pt_BR (`pool.codeLanguage`)');
  withNumberOptions(command)
    .addHelpText(
      'after',
      `${examples('pool request-code "+1 555-010-0001"', 'pool request-code +493012345678 --voice --language de')}
A verified number gets no code before the last 45 days of its verification.
Where texts reach the kit (\`sms\`), it hands the code in by itself.
`,
    )
    .action(
      context.ends((given: string, { voice = false, language, ...options }: RequestCodeOptions) =>
        actOnNumber(context, given, options, async ({ signup, record, who, now, businessId }) => {
          const method = voice ? 'VOICE' : 'SMS';
          const after = await signup.pool.requestCode(record.id, who, {
            method,
            ...(language !== undefined && { language }),
          });
          return {
            view: numberView(after, now(), businessId),
            said:
              `Meta ${voice ? 'calls' : 'sends a text to'} ${after.displayPhoneNumber} with a code, which is good for 10 minutes. ` +
              `Hand it in with: embedded-signup pool verify ${after.phoneNumber} <code>`,
          };
        }),
      ),
    );
};
