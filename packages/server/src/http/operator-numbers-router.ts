import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { AddedNumber } from '../pool/add-numbers.ts';
import { NumberMissingError } from '../pool/pool-errors.ts';
import type { PoolVerbs } from '../pool/pool-verbs.ts';
import { codeRequest } from '../pool/request-code.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { Clock } from '../ports/clock.ts';
import { exactly } from '../ports/given.ts';
import type { PoolRecord } from '../ports/records.ts';
import { HttpProblem } from './http-problem.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import { notAddedProblem } from './not-added-problem.ts';
import { numberCallView, numberView } from './number-view.ts';
import { operatorName } from './operator-name.ts';
import { page, queryOf, word } from './query-of.ts';

/** What the operator's routes about numbers are made of. */
export interface OperatorNumbersRouterDeps {
  pool: PoolVerbs;
  clock: Clock;
  /** Our own portfolio. */
  businessId: string;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

const numbersQuery = z.object({
  ...page,
  search: word.optional(),
  status: word.optional(),
  sort: z.enum(['id', 'expires'], 'must be id or expires').optional(),
});
const deleteQuery = z.object({
  force: z
    .enum(['true', 'false'], 'must be true or false')
    .optional()
    .transform((force) => force === 'true'),
});
const text = z.string('must be a text');
/** More are for the command line, which goes on where it was interrupted. */
const mostNumbers = 100;
// What each number must look like is the verb's business: one that is wrong keeps no other from being added.
const addBody = z.union(
  [
    exactly({ phoneNumber: text, country: text.optional() }),
    exactly({
      phoneNumbers: z
        .array(text)
        .min(1, 'must have a number')
        .max(mostNumbers, `must have ${mostNumbers} or less: use "embedded-signup pool import" for more`),
      country: text.optional(),
    }),
  ],
  'must have phoneNumber, or phoneNumbers: a list of 1 to 100 texts; and country, if any',
);
const codeBody = exactly({ code: text });
const nothing = exactly({});

/** The operator's routes under `/numbers`: the pool, one number with what was asked of Meta about it, and what can be done with it. */
export function operatorNumbersRouter({
  pool,
  clock,
  businessId,
  operator,
}: OperatorNumbersRouterDeps): Router {
  const who = operatorName(operator);
  const router = Router();
  const view = (record: PoolRecord) => numberView(record, clock.now(), businessId);
  const sendNumber = (res: Response, record: PoolRecord, status = 200) =>
    sendJson(res, status, { number: view(record) });

  router.get('/', async (req, res) => {
    const { items, nextCursor } = await pool.list(queryOf(req, numbersQuery));
    sendJson(res, 200, { numbers: items.map(view), nextCursor });
  });

  router.use(jsonBody);

  router.post('/', async (req, res) => {
    const body = bodyOf(req, addBody);
    const signal = goneAway(res);
    const options = { who: who(req), country: body.country, signal };
    if ('phoneNumbers' in body) {
      const results = await pool.add(body.phoneNumbers, options);
      sendJson(res, 200, { results: results.map(addedView) });
      return;
    }
    const [added] = await pool.add([body.phoneNumber], options);
    if (added?.id === undefined) throw notAddedProblem(added);
    res.location(`${req.baseUrl}/${added.id}`);
    // Where it could not be read yet, the next sync brings it.
    const record = await pool.find(added.id).catch((error: unknown) => {
      if (error instanceof NumberMissingError) return undefined;
      throw error;
    });
    const number = record === undefined ? addedView(added) : view(record);
    sendJson(res, added.outcome === 'added' ? 201 : 200, { number });
  });

  router.post('/sync', async (req, res) => {
    bodyOf(req, nothing);
    sendJson(res, 200, await pool.sync());
  });

  router.get('/:id', async (req, res) => {
    const id = numberIdOf(req);
    const [record, calls] = await Promise.all([pool.find(id), pool.calls(id)]);
    sendJson(res, 200, { number: view(record), calls: calls.map(numberCallView) });
  });

  router.delete('/:id', async (req, res) => {
    bodyOf(req, nothing);
    await pool.delete(numberIdOf(req), who(req), queryOf(req, deleteQuery));
    res.status(204).end();
  });

  router.post('/:id/code', async (req, res) => {
    const request = bodyOf(req, codeRequest);
    sendNumber(res, await pool.requestCode(numberIdOf(req), who(req), request));
  });

  router.post('/:id/verification', async (req, res) => {
    const { code } = bodyOf(req, codeBody);
    sendNumber(res, await pool.submitCode(numberIdOf(req), who(req), code));
  });

  router.get('/:id/partners', async (req, res) => {
    sendJson(res, 200, { partners: await pool.partners(numberIdOf(req)) });
  });

  router.put('/:id/partners/:businessId', async (req, res) => {
    bodyOf(req, nothing);
    await pool.share(numberIdOf(req), who(req), partnerIdOf(req));
    res.status(204).end();
  });

  router.delete('/:id/partners/:businessId', async (req, res) => {
    bodyOf(req, nothing);
    await pool.unshare(numberIdOf(req), who(req), partnerIdOf(req));
    res.status(204).end();
  });

  return router;
}

/** One that was added or not, as it goes over the wire. */
function addedView({ retryAt, ...added }: AddedNumber) {
  return { ...added, ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }) };
}

/** Nobody reads the answer any more, so no further number is begun. */
function goneAway(res: Response): AbortSignal {
  const over = new AbortController();
  res.once('close', () => over.abort());
  return over.signal;
}

const digits = /^[0-9]{1,20}$/;

/** Meta's id of a pre-verified object in the address. @throws HttpProblem */
function numberIdOf(req: Request<{ id: string }>): string {
  const { id } = req.params;
  if (digits.test(id)) return id;
  throw new HttpProblem(
    'not_found',
    'There is no number with this id. Ids are digits: look it up in the list of numbers.',
  );
}

/** Meta's id of a portfolio in the address. @throws HttpProblem */
function partnerIdOf(req: Request<{ businessId: string }>): string {
  const { businessId } = req.params;
  if (digits.test(businessId)) return businessId;
  throw new HttpProblem(
    'not_found',
    'There is no business with this id. Meta’s ids of portfolios are digits.',
  );
}
