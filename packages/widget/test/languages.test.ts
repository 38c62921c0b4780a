import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { english } from '../src/labels/english.ts';
import { labelsFor } from '../src/labels/labels-for.ts';
import type { Labels } from '../src/labels/labels-for.ts';
import { directionOf, loadLanguage } from '../src/labels/load-language.ts';

const codes = ['ar', 'de', 'es', 'fr', 'hi', 'id', 'pt'] as const;
type Code = (typeof codes)[number];
const seed = 20261121;

const loaded = new Map<string, Labels>();
beforeAll(async () => {
  for (const code of codes) loaded.set(code, (await loadLanguage(code)) ?? english);
});

/** Every text of a language beside the English one. */
function textsOf(code: Code) {
  const texts = new Map<string, string>(Object.entries(loaded.get(code) ?? {}));
  return Object.entries(english).map(([name, original]) => {
    return { name, original, text: texts.get(name) ?? '' };
  });
}

/** The names of the texts that a rule does not hold for. */
const broken = (code: Code, holds: (text: string, original: string) => boolean) =>
  textsOf(code)
    .filter(({ text, original }) => !holds(text, original))
    .map(({ name, text }) => `${name}: ${text}`);

const count = (text: string, part: string | RegExp) => text.split(part).length - 1;
/** What is seen of a text: the marks that isolate a number have no width. */
const visible = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

describe('the languages', () => {
  it('are those that have a file', async () => {
    const files = await readdir(new URL('../src/labels/languages/', import.meta.url));
    expect(files.sort()).toEqual(codes.map((code) => `${code}.ts`));
  });

  it('are seven different ones', () => {
    expect(new Set([english, ...loaded.values()].map((texts) => texts.launch)).size).toBe(8);
  });
});

describe.each(codes)('the texts in %s', (code) => {
  it('have every name that English has, and no other', () => {
    expect(Object.keys(loaded.get(code) ?? {}).sort()).toEqual(Object.keys(english).sort());
  });

  it('have a placeholder where English has it, and the same one', () => {
    const placeholders = (text: string) => text.match(/\{[^}]*\}|[{}]/g) ?? [];
    expect(
      broken(code, (text, original) => String(placeholders(text)) === String(placeholders(original))),
    ).toEqual([]);
  });

  it('are all translated', () => {
    expect(broken(code, (text, original) => text !== '' && text !== original)).toEqual([]);
  });

  it('say the same twice where English does', () => {
    const texts = new Map(textsOf(code).map(({ name, text }) => [name, text]));
    expect(texts.get('launching')).toBe(texts.get('loading'));
  });

  it('have no space at an end and none twice', () => {
    expect(broken(code, (text) => text === text.trim() && !/\s\s/.test(text))).toEqual([]);
  });

  it('have the punctuation of print', () => {
    expect(broken(code, (text) => !/["'`]|\.\.\.|--/.test(text))).toEqual([]);
  });

  it('never shout', () => {
    expect(broken(code, (text) => !/[!¡]/.test(text))).toEqual([]);
  });

  it('end as English does: a sentence, a question, something that goes on, or the name of a button', () => {
    const marks = [/[.।]$/, /[?؟]$/, /…$/, /:$/];
    const kind = (text: string) => marks.findIndex((mark) => mark.test(text));
    expect(broken(code, (text, original) => kind(text) === kind(original))).toEqual([]);
  });

  it('have as many sentences as English, so that none is lost', () => {
    const sentences = (text: string) => count(text, /[.।?؟](?= |$)/);
    expect(broken(code, (text, original) => sentences(text) === sentences(original))).toEqual([]);
  });

  it('speak of Meta and of WhatsApp where English does', () => {
    const names = (text: string) => [count(text, 'Meta') > 0, count(text, /WhatsApp|واتساب/) > 0];
    expect(broken(code, (text, original) => String(names(text)) === String(names(original)))).toEqual([]);
  });

  // Ten letters more are no trouble in a short text.
  it('take at most 1.6 times the room', () => {
    expect(
      broken(
        code,
        (text, original) => visible(text).length <= Math.max(1.6 * original.length, original.length + 10),
      ),
    ).toEqual([]);
  });
});

describe('what a language has of its own', () => {
  it('is the narrow space before a mark in French', () => {
    expect(broken('fr', (text) => !/(?<!\u202f)[:;?»]|«(?!\u202f)/.test(text))).toEqual([]);
    expect(textsOf('fr').some(({ text }) => text.includes('\u202f?'))).toBe(true);
  });

  it('is the mark that opens a question in Spanish', () => {
    expect(broken('es', (text) => count(text, '¿') === count(text, '?'))).toEqual([]);
    expect(textsOf('es').some(({ text }) => text.includes('¿'))).toBe(true);
  });

  it('is the danda in Hindi', () => {
    expect(broken('hi', (text) => !text.includes('.'))).toEqual([]);
    expect(textsOf('hi').some(({ text }) => text.endsWith('।'))).toBe(true);
  });

  it('is its own comma and question mark in Arabic', () => {
    expect(broken('ar', (text) => !/[,;?]/.test(text))).toEqual([]);
    expect(textsOf('ar').some(({ text }) => text.includes('؟'))).toBe(true);
    expect(textsOf('ar').some(({ text }) => text.includes('،'))).toBe(true);
  });

  it('is an isolated number in Arabic, which plain text would show in the wrong order', () => {
    expect(broken('ar', (text) => count(text, '{number}') === count(text, '\u2068{number}\u2069'))).toEqual(
      [],
    );
    for (const code of codes.filter((other) => other !== 'ar')) {
      expect(broken(code, (text) => text === visible(text))).toEqual([]);
    }
  });

  it('is „Sie“ in German, never “du”', () => {
    expect(broken('de', (text) => !/\b(du|dich|dir|deine?[mnrs]?|euch|euer)\b/i.test(text))).toEqual([]);
  });

  it('is „…“ in German and «…» in Spanish and Arabic, always in pairs', () => {
    expect(broken('de', (text) => count(text, '„') === count(text, '“') && !text.includes('”'))).toEqual([]);
    for (const code of ['es', 'fr', 'ar'] as const) {
      expect(broken(code, (text) => count(text, '«') === count(text, '»') && !/[“”]/.test(text))).toEqual([]);
    }
    for (const code of ['hi', 'id', 'pt'] as const) {
      expect(broken(code, (text) => count(text, '“') === count(text, '”') && !/[«»]/.test(text))).toEqual([]);
    }
  });
});

const anyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      Array.from(text, (letter, place) => (upper[place] ? letter.toUpperCase() : letter)).join(''),
    );
const subtags = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^([-_][A-Za-z0-9]{1,8}){1,3}$/),
  fc.constantFrom('-MX', '_BR', '-419', '-Latn-XK', '.UTF-8', '@euro', '-'),
);

describe('a locale', () => {
  it('is matched by its language, in small or capital letters, whatever follows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codes).chain((code) => fc.tuple(fc.constant(code), anyCase(code), subtags)),
        async ([code, written, rest]) => {
          expect(await loadLanguage(written + rest)).toBe(loaded.get(code));
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('in another language, or in English, loads nothing', () => {
    const other = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z]{2,8}$/),
      fc.stringMatching(/^(ar|de|es|fr|hi|id|pt|en)[a-z]{1,6}([-_][A-Z]{2})?$/),
      fc.constantFrom(
        '',
        'en',
        'en-GB',
        'EN_us',
        'it',
        'est',
        'fil-PH',
        'arn-CL',
        'x-es',
        ' es',
        '-es',
        'ＥＳ',
      ),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'C', 'null', 'undefined'),
    );
    const known = new RegExp(`^(${codes.join('|')})(?![a-z])`, 'i');
    fc.assert(
      fc.property(
        other.filter((locale) => !known.test(locale)),
        (locale) => {
          expect(loadLanguage(locale)).toBeUndefined();
        },
      ),
      { seed, numRuns: 2000 },
    );
  });

  it('is written from right to left in Arabic, Hebrew, Persian and Urdu, and in no other language', () => {
    const right = ['ar', 'ar-EG', 'AR_sa', 'he', 'he-IL', 'fa-IR', 'ur_PK'];
    expect(right.filter((locale) => directionOf(locale) !== 'rtl')).toEqual([]);
    const left = fc.oneof(fc.string(), fc.stringMatching(/^(ar|he|fa|ur)[a-z]{1,6}(-[A-Z]{2})?$/));
    fc.assert(
      fc.property(
        left.filter((locale) => !/^(ar|he|fa|ur)(?![a-z])/i.test(locale)),
        (locale) => {
          expect(directionOf(locale)).toBe('ltr');
        },
      ),
      { seed, numRuns: 2000 },
    );
    const others = ['', 'en', 'de-AT', 'hi-IN', 'haw', 'arn', 'en-ar', 'fr-FA'];
    expect(others.filter((locale) => directionOf(locale) !== 'ltr')).toEqual([]);
  });
});

describe('labels', () => {
  it('are the language’s, with the page’s own on top', async () => {
    const german = (await loadLanguage('de-CH')) ?? english;
    const say = labelsFor(german, { launch: 'Los', newer_code: 'Neu' });
    expect(say('launch')).toBe('Los');
    expect(say('retry')).toBe('Erneut versuchen');
    expect(say('newer_code')).toBe('Neu');
  });

  it('are English for a language that is not known', async () => {
    expect(labelsFor((await loadLanguage('xx')) ?? english)('launch')).toBe('Continue with Meta');
  });

  it('are those of the first name that has a text', () => {
    const say = labelsFor(english, { number_taken: 'Taken' });
    expect(say(undefined, 'unheard_of', 'number_taken', 'failed')).toBe('Taken');
    expect(say('unheard_of', 'failed')).toBe(english.failed);
    expect(say('unheard_of', undefined)).toBe('');
  });

  it('stay the language’s where the page leaves one undefined, and are empty where it says so', () => {
    const say = labelsFor(english, { launch: undefined, ready: '' });
    expect(say('launch')).toBe(english.launch);
    expect(say('ready', 'failed')).toBe('');
  });

  it('are never what every object has', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)), (name) => {
        expect(labelsFor(english)(name, 'launch')).toBe(english.launch);
        expect(labelsFor(english, {})(name, 'launch')).toBe(english.launch);
      }),
      { seed },
    );
  });
});

const sizeOf = (code: string) => gzipSync(code, { level: 9 }).length;

describe('the built languages', () => {
  it('are one file each, at most 1.8 kB when compressed, and import nothing', async () => {
    const results = await build({
      configFile: false,
      logLevel: 'silent',
      root: fileURLToPath(new URL('..', import.meta.url)),
      build: {
        write: false,
        target: 'es2022',
        lib: { entry: 'src/labels/load-language.ts', formats: ['es'], fileName: 'load-language' },
        rolldownOptions: { output: { chunkFileNames: '[name].js', minify: true } },
      },
    });
    const chunks = [results]
      .flat()
      .flatMap((result) => ('output' in result ? result.output : []))
      .filter((file) => file.type === 'chunk');
    const files = chunks.filter((chunk) => !chunk.isEntry);
    expect(files.map((file) => file.fileName).sort()).toEqual(codes.map((code) => `${code}.js`));
    const joined = files.filter(({ imports, dynamicImports }) => imports.length + dynamicImports.length > 0);
    expect(joined.map((file) => file.fileName)).toEqual([]);
    const large = files.map((file) => [file.fileName, sizeOf(file.code)] as const);
    expect(large.filter(([, size]) => size > 1700)).toEqual([]);
    // What the shell pays for all of them.
    const shell = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.code);
    expect(sizeOf(shell.join(''))).toBeLessThanOrEqual(260);
  });
});
