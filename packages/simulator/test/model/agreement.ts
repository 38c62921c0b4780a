import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { statusInPool, statusOnAccount, type Model } from './model.ts';
import { RULES } from './rules.ts';

/** Compares what can be seen of the simulated world with the model. */
export function expectAgreement(model: Model, simulator: Simulator): void {
  const { now, preverifiedNumbers, phoneNumbers, openCodes, tokens } = simulator.state();
  expect({
    now,
    pool: preverifiedNumbers.map(({ id, phoneNumber, status, addedAt, verifiedAt, expiresAt }) => {
      return { id, phoneNumber, status, addedAt, verifiedAt, expiresAt };
    }),
    numbers: phoneNumbers.map(
      ({
        id,
        wabaId,
        phoneNumber,
        status,
        isPreverified,
        onboardedAt,
        registeredAt,
        hasPin,
        registerCalls,
      }) => {
        return {
          id,
          wabaId,
          phoneNumber,
          status,
          isPreverified,
          onboardedAt,
          registeredAt,
          hasPin,
          registerCalls,
        };
      },
    ),
    openCodes,
    tokens,
  }).toEqual(publicViewOf(model));
}

function publicViewOf({ now, pool, numbers, logins }: Model) {
  return {
    now,
    pool: pool.map((number) => ({
      id: number.id,
      phoneNumber: `+${number.digits}`,
      status: statusInPool(number, now),
      addedAt: number.addedAt,
      verifiedAt: number.verifiedAt,
      expiresAt: number.verifiedAt === undefined ? undefined : number.verifiedAt + RULES.verifiedFor,
    })),
    numbers: numbers.map((number) => ({
      id: number.id,
      wabaId: number.wabaId,
      phoneNumber: `+${number.digits}`,
      status: statusOnAccount(number, now),
      isPreverified: number.fromPool,
      onboardedAt: number.onboardedAt,
      registeredAt: number.registeredAt,
      hasPin: number.pin !== undefined,
      registerCalls: number.registrations.calls.filter((at) => at > now - RULES.registrations.window).length,
    })),
    openCodes: logins.filter(({ token }) => token === undefined).length,
    tokens: logins.filter(({ token }) => token !== undefined).length,
  };
}
