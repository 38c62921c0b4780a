import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { optionsFromEnv } from '../../src/config/options-from-env.ts';
import type { EmbeddedSignupOptions } from '../../src/config/options.ts';
import { isTrustworthyOrigin } from '../../src/config/origins.ts';
import { resolveOptions } from '../../src/config/resolve-options.ts';
import { hostEventTypes } from '../../src/domain/host-event-types.ts';

const good: EmbeddedSignupOptions = {
  meta: { appId: '1', appSecret: 'app-secret', configId: '2', businessId: '3', systemUserToken: 'token' },
  secrets: ['a-secret-of-at-least-thirty-two-bytes'],
  customer: () => 'ada',
};

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.option);
    throw error;
  }
  return [];
}

describe('the options', () => {
  it('have Meta’s own addresses as defaults', () => {
    const { meta, database, numbersPerSession } = resolveOptions(good);
    expect(meta.graphUrl).toBe('https://graph.facebook.com');
    expect(meta.dialogOrigins).toEqual(['https://www.facebook.com', 'https://web.facebook.com']);
    expect(meta.graphVersion).toBe('v26.0');
    expect(database).toBe('sqlite:./data/signup.db');
    expect(numbersPerSession).toBe(1);
  });

  it('name everything that is wrong at once, and repeat no value', () => {
    const bad = {
      meta: {
        appId: 'abc',
        appSecret: '',
        configId: 2,
        graphUrl: 'http://graph.example',
        graphVersion: '26',
      },
      secrets: ['too-short-a-secret'],
      allowedOrigins: ['https://bsp.example/path'],
      numbersPerSession: 0,
      database: 'mysql://x',
    } as unknown as EmbeddedSignupOptions; // what a host without TypeScript could pass
    expect(problemsOf(() => resolveOptions(bad)).toSorted()).toEqual([
      'allowedOrigins.0',
      'customer',
      'database',
      'meta.appId',
      'meta.appSecret',
      'meta.businessId',
      'meta.configId',
      'meta.graphUrl',
      'meta.graphVersion',
      'meta.systemUserToken',
      'numbersPerSession',
      'secrets.0',
    ]);
    expect(() => resolveOptions(bad)).not.toThrow(/too-short|mysql:\/\/x/);
  });

  it('take a verify token for webhooks, which does not print, and none', () => {
    expect(resolveOptions(good).meta.webhookVerifyToken).toBeUndefined();
    const meta = { ...good.meta, webhookVerifyToken: 'a verify token' };
    const { webhookVerifyToken } = resolveOptions({ ...good, meta }).meta;
    expect(webhookVerifyToken?.reveal()).toBe('a verify token');
    expect(JSON.stringify(resolveOptions({ ...good, meta }))).not.toContain('a verify token');
    const empty = { ...good.meta, webhookVerifyToken: '' };
    expect(problemsOf(() => resolveOptions({ ...good, meta: empty }))).toEqual(['meta.webhookVerifyToken']);
  });

  it('refuse a name that is none, wherever it stands, because it would be ignored', () => {
    const slips: object = {
      ...good,
      secretz: ['CANARY'],
      meta: { ...good.meta, appsecret: 'CANARY' },
      pool: { keepfresh: false },
      launch: { extra: {} },
      'CANARY secret 0123456789': true,
    };
    const resolve = () => resolveOptions(slips as EmbeddedSignupOptions); // what a host without TypeScript could pass
    expect(problemsOf(resolve).sort()).toEqual([
      '?',
      'launch.extra',
      'meta.appsecret',
      'pool.keepfresh',
      'secretz',
    ]);
    expect(resolve).toThrow('pool.keepfresh is no option');
    expect(resolve).not.toThrow(/CANARY/);
  });

  it.each([
    'https://graph.facebook.com/v26.0',
    'https://graph.facebook.com?x=1',
    'https://graph.facebook.com/#',
  ])('take no address of Meta with a version or parameters: %s', (graphUrl) => {
    expect(problemsOf(() => resolveOptions({ ...good, meta: { ...good.meta, graphUrl } }))).toEqual([
      'meta.graphUrl',
    ]);
  });

  it('name what is missing in plain words', () => {
    const { appSecret: _left, ...meta } = good.meta;
    const resolve = () => resolveOptions({ ...good, meta } as EmbeddedSignupOptions);
    expect(resolve).toThrow('meta.appSecret is missing');
  });

  it('look after the pool by default, and take how many numbers there should be, for all countries or by country', () => {
    expect(resolveOptions(good).pool).toEqual({ keepFresh: true, codeLanguage: 'en_US' });
    expect(resolveOptions({ ...good, pool: { low: 3 } }).pool.low).toBe(3);
    expect(resolveOptions({ ...good, pool: { low: { DE: 5, US: 0 } } }).pool.low).toEqual({ DE: 5, US: 0 });
    for (const low of [-1, 1.5, { de: 1 }, { DE: -1 }]) {
      expect(problemsOf(() => resolveOptions({ ...good, pool: { low } }))).not.toEqual([]);
    }
    expect(problemsOf(() => resolveOptions({ ...good, pool: { codeLanguage: 'English' } }))).toEqual([
      'pool.codeLanguage',
    ]);
  });

  it('take who may post texts, with secrets that do not print, and nobody by default', () => {
    expect(resolveOptions(good).sms).toBeUndefined();
    const canary = 'CANARY-sms-secret-0123456789-0123456789';
    const { sms } = resolveOptions({
      ...good,
      sms: {
        secret: [canary, `${canary}-old`],
        twilio: { authToken: canary, url: 'https://bsp.example/signup/sms' },
        vonage: { signatureSecret: canary },
      },
    });
    expect(sms?.secrets.map((one) => one.reveal())).toEqual([canary, `${canary}-old`]);
    expect(sms?.twilio?.authTokens[0]?.reveal()).toBe(canary);
    expect(sms?.vonage?.method).toBe('sha256hmac');
    expect(JSON.stringify(sms)).not.toContain(canary);
    expect(problemsOf(() => resolveOptions({ ...good, sms: {} }))).toEqual(['sms']);
    expect(problemsOf(() => resolveOptions({ ...good, sms: { secret: 'short' } }))).not.toEqual([]);
    expect(problemsOf(() => resolveOptions({ ...good, sms: { secret: `${canary} x` } }))).not.toEqual([]);
    expect(
      problemsOf(() =>
        resolveOptions({ ...good, sms: { twilio: { authToken: canary, url: 'http://bsp.example' } } }),
      ),
    ).toEqual(['sms.twilio.url']);
  });

  it('take on.webhook beside the handlers of events, though it is none of them', () => {
    const webhook = () => undefined;
    expect(resolveOptions({ ...good, on: { webhook } }).on.webhook).toBe(webhook);
    expect(hostEventTypes).not.toContain('webhook');
    const none = { webhook: 'https://bsp.example' } as unknown as { webhook: () => void }; // what a host without TypeScript could pass
    expect(problemsOf(() => resolveOptions({ ...good, on: none }))).toEqual(['on.webhook']);
    const unknown = { webhooks: webhook } as unknown as { webhook: () => void };
    expect(problemsOf(() => resolveOptions({ ...good, on: unknown }))).toHaveLength(1);
    expect(() => resolveOptions({ ...good, on: unknown })).toThrow(
      /there are .*poolLow, identityChanged, webhook/,
    );
  });

  it.each([
    ['https://www.facebook.com', true],
    ['https://bsp.example:8443', true],
    ['http://localhost:4000', true],
    ['http://127.0.0.1', true],
    ['http://[::1]:4000', true],
    ['http://bsp.example', false],
    ['https://bsp.example/', false],
    ['https://*.bsp.example', true],
    ['*', false],
    ['null', false],
    ['', false],
    ['facebook.com', false],
    ['javascript:alert(1)', false],
    ['https://user@bsp.example', false],
  ])('take %s as an exact origin: %s', (origin, trustworthy) => {
    expect(isTrustworthyOrigin(origin)).toBe(trustworthy);
  });
});

describe('options from the environment', () => {
  const env = {
    META_APP_ID: '1',
    META_APP_SECRET: 'new, old',
    META_CONFIG_ID: '2',
    META_BUSINESS_ID: '3',
    META_SYSTEM_USER_TOKEN: 'token',
    SIGNUP_SECRETS: 'a-secret-of-at-least-thirty-two-bytes\nan-old-secret-of-thirty-two-bytes-x',
    SIGNUP_ALLOWED_ORIGINS: 'https://a.example https://b.example',
    SIGNUP_NUMBERS_PER_SESSION: '2',
  };

  it('read every variable, and lists by comma or white space', () => {
    const options = resolveOptions({ ...optionsFromEnv(env), customer: () => 'ada' });
    expect(options.meta.appSecrets).toHaveLength(2);
    expect(options.secrets).toHaveLength(2);
    expect(options.numbersPerSession).toBe(2);
    expect(options.mayCall('https://b.example')).toBe(true);
    expect(options.mayCall('https://c.example')).toBe(false);
  });

  it('read secrets from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signup-env-'));
    const file = join(folder, 'app-secret');
    writeFileSync(file, 'from-a-file\n');
    const { META_APP_SECRET: _left, ...rest } = env;
    const options = optionsFromEnv({ ...rest, META_APP_SECRET_FILE: file });
    expect(options.meta.appSecret).toEqual(['from-a-file']);
    rmSync(folder, { recursive: true });
  });

  it('read the verify token of webhooks, also from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signup-env-'));
    const file = join(folder, 'verify-token');
    writeFileSync(file, 'from a file\n');
    const tokenOf = (over: Record<string, string>) =>
      optionsFromEnv({ ...env, ...over }).meta.webhookVerifyToken;
    expect(tokenOf({ META_WEBHOOK_VERIFY_TOKEN: ' a token ' })).toBe('a token');
    expect(tokenOf({ META_WEBHOOK_VERIFY_TOKEN_FILE: file })).toBe('from a file');
    expect('webhookVerifyToken' in optionsFromEnv(env).meta).toBe(false);
    expect(problemsOf(() => tokenOf({ META_WEBHOOK_VERIFY_TOKEN_FILE: '/nowhere' }))).toEqual([
      'META_WEBHOOK_VERIFY_TOKEN_FILE',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('name every variable that is missing, and a file that cannot be read', () => {
    expect(problemsOf(() => optionsFromEnv({ META_APP_SECRET_FILE: '/nowhere' }))).toEqual([
      'META_APP_ID',
      'META_APP_SECRET_FILE',
      'META_CONFIG_ID',
      'META_BUSINESS_ID',
      'META_SYSTEM_USER_TOKEN',
      'SIGNUP_SECRETS',
    ]);
  });

  it('take a number that is none for what it is', () => {
    const options = {
      ...optionsFromEnv({ ...env, SIGNUP_NUMBERS_PER_SESSION: 'two' }),
      customer: () => 'ada',
    };
    expect(problemsOf(() => resolveOptions(options))).toEqual(['numbersPerSession']);
  });
});
