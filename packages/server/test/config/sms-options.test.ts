import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { optionsFromEnv } from '../../src/config/options-from-env.ts';
import { resolveOptions } from '../../src/config/resolve-options.ts';

const env = {
  META_APP_ID: '1',
  META_APP_SECRET: 'app-secret',
  META_CONFIG_ID: '2',
  META_BUSINESS_ID: '3',
  META_SYSTEM_USER_TOKEN: 'token',
  SIGNUP_SECRETS: 'a-secret-of-at-least-thirty-two-bytes',
};
const relay = 'CANARY-relay-secret-of-thirty-two-bytes';

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.option);
    throw error;
  }
  return [];
}

describe('who may post texts', () => {
  it('is nobody unless the environment says so', () => {
    expect(optionsFromEnv(env).sms).toBeUndefined();
    expect(resolveOptions({ ...optionsFromEnv(env), customer: () => 'ada' }).sms).toBeUndefined();
  });

  it('is said by the environment, each secret as a list while it is rotated', () => {
    const all = {
      ...env,
      SIGNUP_SMS_SECRET: `${relay}, ${relay}-before`,
      SIGNUP_SMS_TWILIO_AUTH_TOKEN: 'one two',
      SIGNUP_SMS_TWILIO_URL: 'https://bsp.example/signup/sms',
      // Vonage makes such ones.
      SIGNUP_SMS_VONAGE_SECRET: 'a,b;c$d',
      SIGNUP_SMS_VONAGE_METHOD: 'md5hash',
    };
    expect(optionsFromEnv(all).sms).toEqual({
      secret: [relay, `${relay}-before`],
      twilio: { authToken: ['one', 'two'], url: 'https://bsp.example/signup/sms' },
      vonage: { signatureSecret: ['a,b;c$d'], method: 'md5hash' },
    });
    const { sms } = resolveOptions({ ...optionsFromEnv(all), customer: () => 'ada' });
    expect(sms?.secrets.map((one) => one.reveal())).toEqual([relay, `${relay}-before`]);
    expect(inspect(sms, { depth: 9 })).not.toContain('CANARY');
    expect(JSON.stringify(sms)).not.toContain('a,b;c$d');
  });

  it('may be said by files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sms-options-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), `${text}\n`);
      return join(folder, name);
    };
    try {
      const { sms } = optionsFromEnv({
        ...env,
        SIGNUP_SMS_SECRET_FILE: file('relay', relay),
        SIGNUP_SMS_TWILIO_AUTH_TOKEN_FILE: file('twilio', 'token'),
        SIGNUP_SMS_VONAGE_SECRET_FILE: file('vonage', 'secret'),
      });
      expect(sms).toEqual({
        secret: [relay],
        twilio: { authToken: ['token'] },
        vonage: { signatureSecret: ['secret'] },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused by the name of what is missing, or wrong', () => {
    const half = {
      ...env,
      SIGNUP_SMS_TWILIO_URL: 'https://bsp.example/sms',
      SIGNUP_SMS_VONAGE_METHOD: 'md5hash',
    };
    expect(problemsOf(() => optionsFromEnv(half))).toEqual([
      'SIGNUP_SMS_TWILIO_AUTH_TOKEN',
      'SIGNUP_SMS_VONAGE_SECRET',
    ]);
    const wrong = {
      ...env,
      SIGNUP_SMS_SECRET: 'too-short',
      SIGNUP_SMS_TWILIO_AUTH_TOKEN: 'token',
      SIGNUP_SMS_TWILIO_URL: 'http://bsp.example/sms',
      SIGNUP_SMS_VONAGE_SECRET: 'secret',
      SIGNUP_SMS_VONAGE_METHOD: 'sha3',
    };
    const problems = problemsOf(() => resolveOptions({ ...optionsFromEnv(wrong), customer: () => 'ada' }));
    expect(problems.toSorted()).toEqual(['sms.secret.0', 'sms.twilio.url', 'sms.vonage.method']);
  });
});
