import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownAddress, shownDatabase } from '../../src/cli/shown-address.ts';
import { lengthClass, shownOptions } from '../../src/cli/shown-options.ts';
import { resolveOptions } from '../../src/config/resolve-options.ts';

describe('the address of a database', () => {
  it.each([
    ['sqlite:./data/signup.db', 'sqlite:./data/signup.db'],
    ['postgres://ada:secret@db.example:5432/signup', 'postgres://ada:…@db.example:5432/signup'],
    ['postgres://db.example/signup', 'postgres://db.example/signup'],
    [
      'postgresql://ada@db/signup?sslmode=require&password=secret',
      'postgresql://ada@db/signup?sslmode=require&password=…',
    ],
    ['postgres://ada:se/secret@db/signup', 'PostgreSQL (its address cannot be shown)'],
    ['postgres://ada:12/secret@db/signup', 'PostgreSQL (its address cannot be shown)'],
    ['postgres://ada:12?secret@db/signup', 'PostgreSQL (its address cannot be shown)'],
    ['postgres://ada:12#secret@db/signup', 'PostgreSQL (its address cannot be shown)'],
  ])('%s is shown as %s', (given, shown) => {
    expect(shownDatabase(given)).toBe(shown);
  });

  it('shows no part of a password, whatever it is made of', () => {
    const password = fc.string({
      unit: fc.constantFrom('/', '?', '#', '@', ':', '%', '1', '&', '='),
      maxLength: 5,
    });
    fc.assert(
      fc.property(password, password, (before, after) => {
        const shown = shownDatabase(`postgres://ada:${before}SECRET${after}@db.example/signup`);
        expect(shown.toUpperCase()).not.toContain('SECRET');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an address', () => {
  it('is shown without its query', () => {
    expect(shownAddress('https://bsp.example/hooks?token=secret')).toBe('https://bsp.example/hooks?…');
    expect(shownAddress('https://graph.facebook.com')).toBe('https://graph.facebook.com');
  });
});

describe('the length of a secret', () => {
  it('is told by class', () => {
    expect([0, 15, 16, 31, 32, 63, 64, 999].map(lengthClass)).toEqual([
      'less than 16 bytes',
      'less than 16 bytes',
      '16 to 31 bytes',
      '16 to 31 bytes',
      '32 to 63 bytes',
      '32 to 63 bytes',
      '64 bytes or more',
      '64 bytes or more',
    ]);
  });
});

describe('options that are functions', () => {
  it('are named, and never called', () => {
    const never = () => {
      throw new Error('called');
    };
    const options = {
      meta: { appId: '1', appSecret: 'secret', configId: '2', businessId: '3', systemUserToken: never },
      secrets: ['0123456789-0123456789-0123456789'],
      customer: never,
      allowedOrigins: never,
      operator: never,
      on: { poolLow: never },
    };
    expect(Object.fromEntries(shownOptions(options, resolveOptions(options)))).toMatchObject({
      'meta.systemUserToken': 'a function that fetches it',
      'meta.webhookVerifyToken': 'not set',
      allowedOrigins: 'a function',
      operator: 'a function',
      on: ['poolLow'],
      sms: 'not set',
    });
  });
});
