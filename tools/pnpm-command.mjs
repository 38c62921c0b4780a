// Scripts started by pnpm must call the very same pnpm again: none may be installed globally.
// @ts-check

/**
 * @param {readonly string[]} args
 * @returns {[program: string, args: string[]]}
 */
export function pnpmCommand(args) {
  const pnpm = process.env.npm_execpath ?? '';
  if (/pnpm[^/\\]*\.[cm]?js$/.test(pnpm)) return [process.execPath, [pnpm, ...args]];
  if (/pnpm(\.exe)?$/.test(pnpm)) return [pnpm, [...args]];
  // Started by hand (`node tools/test.mjs`), or by npm.
  return ['npx', ['-y', 'pnpm@10', ...args]];
}
