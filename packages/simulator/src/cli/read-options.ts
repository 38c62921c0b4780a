import { parseArgs } from 'node:util';

const TEXTS = [
  'port',
  'host',
  'numbers',
  'state',
  'clock',
  'seed',
  'profile',
  'times',
  'assume',
  'webhook',
  'sms',
  'sms-form',
  'sms-secret',
] as const;
const FLAGS = ['quiet', 'version', 'help'] as const;

/** An option that takes a value. */
export type TextOption = (typeof TEXTS)[number];

/** The options that were given, not looked into. */
export interface GivenOptions {
  /** The values of an option, in their order. */
  readonly values: ReadonlyMap<TextOption, readonly string[]>;
  readonly flags: ReadonlySet<(typeof FLAGS)[number]>;
}

/** An argument that cannot be meant; the message is a sentence for whoever typed it. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** Sorts the arguments after the program's name. Throws ArgumentError. */
export function readOptions(args: readonly string[]): GivenOptions {
  // Not strict: then a value may begin with a dash, and the sentences are ours.
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const values = new Map<TextOption, string[]>();
  const flags = new Set<(typeof FLAGS)[number]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new ArgumentError(`"${token.value}" is not an option.`);
    const { name, rawName, value } = token;
    const flag = FLAGS.find((known) => known === name);
    const text = TEXTS.find((known) => known === name);
    if (flag !== undefined) {
      if (value !== undefined) throw new ArgumentError(`${rawName} takes no value.`);
      flags.add(flag);
    } else if (text !== undefined) {
      if (value === undefined || value === '') throw new ArgumentError(`${rawName} needs a value.`);
      values.set(text, [...(values.get(text) ?? []), value]);
    } else {
      throw new ArgumentError(`There is no option ${rawName}.`);
    }
  }
  return { values, flags };
}
