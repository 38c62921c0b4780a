import fc from 'fast-check';
import { expect } from 'vitest';
import { at, text } from '../support/graph-client.ts';
import { handsetOf, isTaken, reach, statusInPool, type Model, type PoolNumber } from './model.ts';
import { INVALID, OK, RULES, SECOND, UNKNOWN_OBJECT } from './rules.ts';
import { call, expectAnswer, pick, step, type Step } from './step.ts';

const FIELDS =
  'id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business';

/** Adds, reads, lists and deletes numbers of the pool. */
export const poolSteps: fc.Arbitrary<Step>[] = [
  fc.integer({ min: 1, max: 5 }).map(addNew),
  fc.nat(50).map(addAgain),
  fc.nat(50).map(deleteOne),
  fc.nat(50).map(readOne),
  fc.nat(50).map(useGone),
  fc
    .record({
      status: fc.constantFrom('VERIFIED', 'NOT_VERIFIED', 'EXPIRED', undefined),
      phone: fc.option(fc.nat(50), { nil: undefined, freq: 4 }),
      limit: fc.constantFrom(1, 2, 3, 25),
    })
    .map(list),
];

function addNew(times: number): Step {
  return step(`add ${times} new numbers`, async (model, simulator) => {
    for (let round = 0; round < times; round += 1) {
      model.made += 1;
      const digits = String(15_550_780_000 + model.made);
      const path = `/${simulator.businessId}/add_phone_numbers?phone_number=${digits}`;
      const answer = await call(simulator, `POST ${path}`);
      expectAnswer(answer, OK);
      put(model, text(answer.body, 'id'), digits);
    }
  });
}

function put(model: Model, id: string, digits: string): void {
  model.pool.push({ id, digits, addedAt: model.now, verifiedAt: undefined, shared: false });
}

function addAgain(number: number): Step {
  return step(
    `add known number ${number}`,
    async (model, simulator) => {
      const digits = pick([...model.handsets.keys()], number);
      const answer = await call(
        simulator,
        `POST /${simulator.businessId}/add_phone_numbers?phone_number=%2B${digits}`,
      );
      if (isTaken(model, digits)) {
        expectAnswer(answer, reach(model, 'add refused: taken', INVALID));
        return;
      }
      expectAnswer(answer, reach(model, 'added again', OK));
      put(model, text(answer.body, 'id'), digits);
    },
    ({ handsets }) => handsets.size > 0,
  );
}

function deleteOne(number: number): Step {
  return step(
    `delete pool number ${number}`,
    async (model, simulator) => {
      const { id, digits } = pick(model.pool, number);
      expectAnswer(await call(simulator, `DELETE /${id}`), reach(model, 'deleted', OK));
      model.pool = model.pool.filter((other) => other.id !== id);
      model.gone.push(id);
      const { code } = handsetOf(model, digits);
      if (code !== undefined) code.open = false;
    },
    ({ pool }) => pool.length > 0,
  );
}

function readOne(number: number): Step {
  return step(
    `read pool number ${number}`,
    async (model, simulator) => {
      const found = pick(model.pool, number);
      const { status, body } = await call(simulator, `GET /${found.id}?fields=${FIELDS}`);
      expect({ status, body }).toEqual({ status: 200, body: nodeOf(model, found, simulator.businessId) });
    },
    ({ pool }) => pool.length > 0,
  );
}

/** Every call on a pool number that was claimed, deleted or removed. */
function useGone(number: number): Step {
  return step(
    `use gone number ${number}`,
    async (model, simulator) => {
      const id = pick(model.gone, number);
      const requests = [
        `GET /${id}`,
        `DELETE /${id}`,
        `POST /${id}/request_code?code_method=SMS&language=en_US`,
        `POST /${id}/verify_code?code=123456`,
      ];
      const answer = await call(simulator, pick(requests, number));
      expectAnswer(answer, reach(model, 'a number that is gone', UNKNOWN_OBJECT));
    },
    ({ gone }) => gone.length > 0,
  );
}

function list({
  status,
  phone,
  limit,
}: {
  status: string | undefined;
  phone: number | undefined;
  limit: number;
}) {
  return step(
    `list ${status ?? 'all'}, phone ${phone ?? 'any'}, ${limit} a page`,
    async (model, simulator) => {
      const digits =
        phone === undefined || model.pool.length === 0 ? undefined : pick(model.pool, phone).digits;
      const query = new URLSearchParams({ fields: FIELDS, limit: String(limit) });
      if (status !== undefined) query.set('code_verification_status', status);
      if (digits !== undefined) query.set('phone_number', `+${digits}`);
      const expected = model.pool.filter(
        (number) =>
          (status === undefined || statusInPool(number, model.now) === status) &&
          (digits === undefined || number.digits === digits),
      );
      let path: string | undefined = `/${simulator.businessId}/preverified_numbers?${String(query)}`;
      const seen: unknown[] = [];
      while (path !== undefined) {
        const answer = await call(simulator, `GET ${path}`);
        expectAnswer(answer, OK);
        const page = at(answer.body, 'data') as unknown[];
        expect(page.length).toBe(Math.min(limit, expected.length - seen.length));
        seen.push(...page);
        const next = at(answer.body, 'paging', 'next');
        path = typeof next === 'string' ? next.slice(simulator.url.length) : undefined;
        if (path !== undefined) reach(model, 'a further page', true);
      }
      expect(seen).toEqual(expected.map((number) => nodeOf(model, number, simulator.businessId)));
      if (expected.length < model.pool.length) reach(model, 'a filter left some out', true);
    },
  );
}

function nodeOf({ now }: Model, number: PoolNumber, businessId: string) {
  const { id, digits, verifiedAt } = number;
  const times = verifiedAt !== undefined && {
    code_verification_time: Math.floor(verifiedAt / SECOND),
    verification_expiry_time: Math.floor((verifiedAt + RULES.verifiedFor) / SECOND),
  };
  return {
    id,
    phone_number: `+${digits}`,
    code_verification_status: statusInPool(number, now),
    ...times,
    owner_business: { id: businessId, name: expect.any(String) },
  };
}
