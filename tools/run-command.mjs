// Runs one program and keeps what it printed, so that a step can be quiet unless it fails.
// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * @typedef {{ code: number, output: string }} Finished
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {(line: string) => void} [onLine] called with each line as it comes
 * @returns {Promise<Finished>} A program that cannot be started, or dies by a signal, has a code other than 0.
 */
export function runCommand(program, args, options = {}, onLine) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
