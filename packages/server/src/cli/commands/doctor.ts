import { InvalidArgumentError } from 'commander';
import {
  examples,
  configOption,
  jsonOption,
  type AddCommand,
  type CommandContext,
} from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { asReport, asJson } from '../doctor/report.ts';
import { openRecording } from '../doctor/recording.ts';

interface DoctorOptions {
  config?: string;
  page?: string;
  json?: boolean;
  record?: string;
}

/** `doctor`: which setting is missing. */
export const addDoctor: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description('say which setting is missing, here or at Meta; changes nothing')
    .option(...configOption)
    .option('--page <url>', 'the page with the button (default: the first of allowedOrigins)', toPage)
    .option(...jsonOption)
    .option('--record <folder>', 'keep what Meta answers there, without secrets, ids and names')
    .addHelpText(
      'after',
      examples(
        'doctor --config signup.config.mjs',
        'doctor --config signup.config.mjs --page https://bsp.example/whatsapp',
        'doctor --json',
        'doctor --record answers',
      ) +
        '\nIt asks Meta, calls the webhook callback and the page, and looks at the database, all without writing. The exit code is\n1 when anything failed; warnings alone are 0.\n',
    )
    .action(context.ends((options: DoctorOptions) => doctor(options, context)));
};

async function doctor(
  { config, page, json = false, record }: DoctorOptions,
  { terminal, env }: CommandContext,
): Promise<number> {
  const recording = record === undefined ? undefined : await openRecording(record);
  terminal.progress('Asking Meta, the callback, the page and the database …');
  const { checks, exchanges } = await runDoctor({ file: config, env, page });
  terminal.progress('');

  for (const line of json ? [asJson(checks)] : asReport(checks, terminal)) terminal.out(line);
  if (recording !== undefined) {
    const files = await recording.write(exchanges);
    terminal.say(
      `${files} answers of Meta are in ${record}, without secrets, ids and names; README.md there says more.`,
    );
  }
  return checks.some(({ result }) => result === 'failed') ? exitCodes.failed : exitCodes.done;
}

function toPage(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('It must be an address such as https://bsp.example/whatsapp.');
  }
  return text;
}
