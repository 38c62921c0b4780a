import { readdir, readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/run-cli.ts';
import { keptTerminal, type KeptTerminal } from './support/terminal.ts';

let kept: KeptTerminal;
let program: Command;
beforeEach(() => {
  kept = keptTerminal();
  program = makeProgram({
    terminal: kept.terminal,
    signals: { gracefully: () => new AbortController().signal, heard: () => undefined },
    env: {},
    stdin: (async function* none() {})(),
    loggedInAs: () => undefined,
    // Nothing is done: the words are what is looked at.
    ends: () => () => Promise.resolve(),
  });
});

/** Options that every command has, or that are explained once. */
const common = new Set(['--config', '--json', '--as']);

const isHelp = (command: Command) => command.name() === 'help';

function commandsOf(parent: Command, path: readonly string[] = []): { path: string[]; command: Command }[] {
  return parent.commands
    .filter((command) => !isHelp(command))
    .flatMap((command) => {
      const own = [...path, command.name()];
      return command.commands.length > 0 ? commandsOf(command, own) : [{ path: own, command }];
    });
}

/** The table of commands, as docs/cli.md has it, but for how its columns are filled up. */
function tableOf(): string {
  const rows = commandsOf(program).map(({ path, command }) => {
    const given = command.registeredArguments.map((one) =>
      one.variadic ? `<${one.name()}...>` : `<${one.name()}>`,
    );
    const options = command.options.filter(({ long }) => !common.has(long ?? ''));
    return [
      `\`${[...path, ...given].join(' ')}\``,
      command.description(),
      options.map(({ flags, description }) => `\`${flags}\` ${description}`).join('; '),
    ];
  });
  const lines = [['command', 'does', 'options'], ['---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const squeezed = (text: string): string => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('docs/cli.md', () => {
  it('has every command with its arguments and options, in the words of the program', async () => {
    const page = await readFile(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
    const [, table = ''] = /<!-- commands -->\n([\s\S]*?)<!-- end of commands -->/.exec(page) ?? [];
    expect(squeezed(table)).toBe(squeezed(tableOf()));
  });
});

describe('all documents', () => {
  it('never let npx fetch a program of that name from wherever', async () => {
    const root = new URL('../../../../', import.meta.url);
    const pages = [
      'README.md',
      'packages/server/README.md',
      ...(await readdir(new URL('docs', root))).map((name) => `docs/${name}`),
    ].filter((name) => name.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) {
      const text = await readFile(new URL(page, root), 'utf8');
      const found = text.match(/npx (?!--no )[^\n]*\bembedded-signup /g) ?? [];
      expect([page, ...found]).toEqual([page]);
    }
  });
});

describe('every command', () => {
  it('has a help that fits into 80 columns', () => {
    const groups = program.commands.filter((command) => command.commands.length > 0);
    // The words below the doctor's options are the doctor's own.
    const single = commandsOf(program).map(({ command }) => command);
    const all = [program, ...groups, ...single.filter((command) => command.name() !== 'doctor')];
    for (const command of all) {
      kept.written.out = '';
      command.outputHelp();
      expect(kept.written.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('has a configuration, examples, and a description of each argument and option', () => {
    for (const { path, command } of commandsOf(program)) {
      kept.written.out = '';
      command.outputHelp();
      const name = path.join(' ');
      expect(
        command.options.map(({ long }) => long),
        `the command ${name}`,
      ).toContain('--config');
      expect(kept.written.out, `the command ${name}`).toMatch(
        new RegExp(`Examples:\n( {2}\\$ embedded-signup ${name}.*\n)+`),
      );
      for (const { description } of [...command.options, ...command.registeredArguments])
        expect(description, `the command ${name}`).not.toBe('');
    }
  });

  it('has examples that are no wrong usage', async () => {
    const helps = [program, ...commandsOf(program).map(({ command }) => command)].map((command) => {
      kept.written.out = '';
      command.outputHelp();
      return kept.written.out;
    });
    const examples = helps.flatMap((help) =>
      [...help.matchAll(/^ {2}\$ embedded-signup (.+)$/gm)].map(([, line]) => line),
    );
    expect(examples.length).toBeGreaterThan(25);
    for (const example of examples) {
      const [line = ''] = (example ?? '').split(' | ');
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      await expect(program.parseAsync(words, { from: 'user' }), `the example ${line}`).resolves.toBeDefined();
    }
  });
});
