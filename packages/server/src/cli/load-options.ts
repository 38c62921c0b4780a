import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { CliError } from './cli-error.ts';
import { describeFailure } from './describe-failure.ts';

const kindOfFile = '--config names a .js or .mjs file.';

/**
 * Reads the options that a file exports as its default: themselves, or a function that returns them. `customer` may be missing,
 * because a command has no customers.
 *
 * @throws CliError with a sentence that names the file
 */
export async function loadOptions(file: string): Promise<EmbeddedSignupOptions> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new CliError(`${file} is not there. ${kindOfFile}`);
  if (!found.isFile()) throw new CliError(`${file} is not a file. ${kindOfFile}`);

  const exported = await importDefault(file, path);
  const options: unknown =
    typeof exported === 'function'
      ? await callOf(file, exported as () => unknown) // what it returns is looked at below
      : exported;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new CliError(
      `${file} must export the options of createEmbeddedSignup as its default, or a function that returns them.`,
    );
  }
  const given = options as EmbeddedSignupOptions; // createEmbeddedSignup checks each of them
  return { ...given, customer: given.customer ?? (() => undefined) };
}

async function importDefault(file: string, path: string): Promise<unknown> {
  let module: Record<string, unknown>;
  try {
    module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>; // any module
  } catch (error) {
    if (isNoScript(file, error)) throw new CliError(`${file} is no JavaScript. ${kindOfFile}`);
    throw new CliError(`${file} cannot be loaded: ${whyNot(error)}`, { cause: error });
  }
  if (!('default' in module)) {
    throw new CliError(
      `${file} has no default export. Write: export default { meta: …, secrets: … }, or a function that returns it.`,
    );
  }
  return module['default'];
}

async function callOf(file: string, make: () => unknown): Promise<unknown> {
  try {
    return await make();
  } catch (error) {
    throw new CliError(`the function that ${file} exports has thrown: ${describeFailure(error)}`, {
      cause: error,
    });
  }
}

/** Node names what it wants of such a file; the file is not the one that was meant. */
function isNoScript(file: string, error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    extname(file).toLowerCase() === '.json' ||
    (code === 'ERR_UNKNOWN_FILE_EXTENSION' && !/^\.[cm]?js$/.test(extname(file)))
  );
}

/** What V8 says of a syntax error may repeat what stands there, which may be a secret; a missing export is one as well. */
function whyNot(error: unknown): string {
  const isOfText = error instanceof SyntaxError && !error.message.startsWith('The requested module');
  return isOfText
    ? 'it, or a file that it imports, is no valid JavaScript. `node --check` shows the place.'
    : describeFailure(error);
}
