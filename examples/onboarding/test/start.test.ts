import { expect, test } from 'vitest';
import { html } from '../src/pages/html.ts';
import { createClosers } from '../src/start/closers.ts';
import { onFreePort } from '../src/start/on-free-port.ts';
import { readArguments } from '../src/start/read-arguments.ts';
import { sitePassword } from '../src/start/real-meta.ts';

const busy =
  (...ports: number[]) =>
  (port: number) =>
    ports.includes(port)
      ? Promise.reject(Object.assign(new Error('busy'), { code: 'EADDRINUSE' }))
      : Promise.resolve(port);

test('a busy port is passed over when nobody asked for it', async () => {
  const taken = await onFreePort({ port: 4000, isAsked: false }, '--port', busy(4000, 4001));
  expect(taken).toBe(4002);
});

test('a busy port that was asked for is a sentence', async () => {
  const started = onFreePort({ port: 4000, isAsked: true }, '--port', busy(4000));
  await expect(started).rejects.toThrow(
    'Port 4000 is in use by another program: choose another one with --port.',
  );
});

test('an error that has nothing to do with ports stays as it is', async () => {
  const failed = () => Promise.reject(new RangeError('no'));
  await expect(onFreePort({ port: 4000, isAsked: false }, '--port', failed)).rejects.toThrow(RangeError);
});

test('the command line goes before the environment, and both count as asked for', () => {
  expect(readArguments(['--port', '5000'], { PORT: '6000' }).site).toEqual({ port: 5000, isAsked: true });
  expect(readArguments([], { PORT: '6000' }).site).toEqual({ port: 6000, isAsked: true });
  expect(readArguments([], {}).site).toEqual({ port: 4000, isAsked: false });
});

test.each([[['--port', 'x']], [['--port', '70000']], [['--nonsense']]])('%j is refused', (args) => {
  expect(() => readArguments(args, {})).toThrow(/^(--port must be|Only --port)/);
});

test('a site with the real Meta behind it does not start with a password that can be guessed', () => {
  expect(() => sitePassword({})).toThrow('SITE_PASSWORD');
  expect(() => sitePassword({ SITE_PASSWORD: 'demo' })).toThrow('SITE_PASSWORD');
  expect(sitePassword({ SITE_PASSWORD: 'correct horse battery' })).toBe('correct horse battery');
});

test('what was opened last is closed first, and one that hangs keeps nobody', async () => {
  const closed: string[] = [];
  const closers = createClosers();
  closers.add(() => new Promise(() => undefined));
  closers.add(async () => void closed.push('first opened'));
  closers.add(async () => void closed.push('last opened'));

  await closers.closeAll(10);
  expect(closed).toEqual(['last opened', 'first opened']);
});

test('a name that looks like markup stays a name', () => {
  const name = '<img src=x onerror="alert(\'1\')"> & Co';
  expect(String(html`<p title="${name}">${[name, false, undefined, 1]}</p>`)).not.toContain('<img');
  expect(String(html`${'"'}${"'"}&amp;`)).toBe('&quot;&#39;&amp;');
});
