import fc from 'fast-check';
import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, queryOf } from '../support/graph-client.ts';
import { reach, statusInPool, type Model, type PoolNumber } from './model.ts';
import { INVALID, OK, UNKNOWN_OBJECT, type Expected } from './rules.ts';
import { call, expectAnswer, pick, step, type Step } from './step.ts';

/** Numbers are shared with a partner of the solution and taken back. */
export const sharingSteps: fc.Arbitrary<Step>[] = [
  fc.nat(50).map((number) => changeSharing('POST', number)),
  fc.nat(50).chain((number) => fc.constantFrom(changeSharing('DELETE', number), shareGone(number))),
  fc.constant(lookAsPartner()),
];

function sharing(model: Model, simulator: Simulator, method: 'POST' | 'DELETE', id: string): string {
  const query = queryOf({ partner_business_id: model.partner.businessId, preverified_id: id });
  return `${method} /${simulator.businessId}/share_preverified_numbers?${query}`;
}

function changeSharing(method: 'POST' | 'DELETE', number: number): Step {
  return step(
    `${method === 'POST' ? 'share' : 'unshare'} pool number ${number}`,
    async (model, simulator) => {
      const target = pick(model.pool, number);
      const answer = await call(simulator, sharing(model, simulator, method, target.id));
      expectAnswer(answer, method === 'POST' ? share(model, target) : unshare(model, target));
      const partners = await call(simulator, `GET /${target.id}/partners`);
      const ids = target.shared ? [model.partner.businessId] : [];
      expect((at(partners.body, 'data') as unknown[]).map((partner) => at(partner, 'id'))).toEqual(ids);
    },
    ({ pool }) => pool.length > 0,
  );
}

/** Only verified numbers are in "a shareable state"; which states are is assumed. */
function share(model: Model, target: PoolNumber): Expected {
  if (target.shared) return reach(model, 'share refused: shared already', INVALID);
  if (statusInPool(target, model.now) !== 'VERIFIED')
    return reach(model, 'share refused: not verified', INVALID);
  target.shared = true;
  return reach(model, 'shared', OK);
}

function unshare(model: Model, target: PoolNumber): Expected {
  if (!target.shared) return reach(model, 'unshare refused: not shared', INVALID);
  target.shared = false;
  return reach(model, 'unshared', OK);
}

function shareGone(number: number): Step {
  return step(
    `share gone number ${number}`,
    async (model, simulator) => {
      const answer = await call(simulator, sharing(model, simulator, 'POST', pick(model.gone, number)));
      expectAnswer(answer, reach(model, 'share refused: number gone', UNKNOWN_OBJECT));
    },
    ({ gone }) => gone.length > 0,
  );
}

/** "If unsharing, the number will no longer appear"; neither does one that was claimed. */
function lookAsPartner(): Step {
  return step('list the pool as the partner', async (model, simulator) => {
    const { businessId, systemUserToken } = model.partner;
    const path = `GET /${businessId}/preverified_numbers?fields=id&limit=100`;
    const { status, body } = await call(simulator, path, systemUserToken);
    const expected = model.pool.filter(({ shared }) => shared).map(({ id }) => ({ id }));
    expect({ status, data: at(body, 'data') }).toEqual({ status: 200, data: expected });
    if (expected.length > 0) reach(model, 'a partner sees a shared number', true);
  });
}
