import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/domain/number-standing.ts';
import { numberWith } from './support/step-world.ts';

const standing = (over: Parameters<typeof numberWith>[0]) => {
  const found = standingOf(numberWith(over));
  return typeof found === 'string' ? found : found.code;
};

describe('a number by its own state', () => {
  it.each([
    ['verified and not registered', {}, 'registrable'],
    ['registered', { platformType: 'CLOUD_API', status: 'CONNECTED' }, 'in_service'],
    ['registered, of low quality', { platformType: 'CLOUD_API', status: 'FLAGGED' }, 'in_service'],
    ['deregistered', { platformType: 'CLOUD_API', status: 'DISCONNECTED' }, 'registrable'],
    ['without words of Meta’s', { platformType: undefined, status: undefined }, 'registrable'],
    ['without a word on its verification', { verificationStatus: undefined }, 'registrable'],
    ['not verified', { verificationStatus: 'NOT_VERIFIED' }, 'unverified'],
    ['with a verification that lapsed', { verificationStatus: 'EXPIRED' }, 'unverified'],
    ['on the app', { onBusinessApp: true }, 'on_business_app'],
    [
      'on the app, and connected',
      { onBusinessApp: true, platformType: 'CLOUD_API', status: 'CONNECTED' },
      'on_business_app',
    ],
    ['on premise', { platformType: 'ON_PREMISE', status: 'CONNECTED' }, 'number_in_service_elsewhere'],
    ['on a platform that nobody knows', { platformType: 'MOON' }, 'number_in_service_elsewhere'],
    ['banned', { platformType: 'CLOUD_API', status: 'BANNED' }, 'number_out_of_service'],
    ['with a status that nobody knows', { status: 'NEW_WORD' }, 'registrable'],
  ] as const)('%s is %s', (_name, over, what) => {
    expect(standing(over)).toBe(what);
  });
});
