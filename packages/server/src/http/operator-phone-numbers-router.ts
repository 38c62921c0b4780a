import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { findOrRead } from '../numbers/find-or-read.ts';
import type { NumberVerbs } from '../numbers/number-verbs.ts';
import { exactly } from '../ports/given.ts';
import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { Store } from '../ports/store.ts';
import { HttpProblem } from './http-problem.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import { operatorName } from './operator-name.ts';
import { phoneNumberChangeView, phoneNumberView } from './phone-number-view.ts';

/** What the operator's routes about numbers in service are made of. */
export interface OperatorPhoneNumbersRouterDeps {
  store: Store;
  numbers: NumberVerbs;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

const nothing = exactly({});
const identityCheckBody = exactly({ enabled: z.boolean('must be true or false') });

/** The operator's routes under `/phone-numbers`: what is known of a number in service, and its identity check. */
export function operatorPhoneNumbersRouter({
  store,
  numbers,
  operator,
}: OperatorPhoneNumbersRouterDeps): Router {
  const who = operatorName(operator);
  const router = Router();

  const send = async (res: Response, record: PhoneNumberRecord): Promise<void> => {
    const { phoneNumberId } = record;
    const [owner, changes] = await Promise.all([
      store.findOwner(phoneNumberId),
      numbers.changes(phoneNumberId),
    ]);
    sendJson(res, 200, {
      number: phoneNumberView(record, owner),
      changes: changes.map(phoneNumberChangeView),
    });
  };

  router.use(jsonBody);

  router.get('/:id', async (req, res) => {
    await send(res, await findOrRead(numbers, phoneNumberIdOf(req)));
  });

  router.post('/:id/refresh', async (req, res) => {
    bodyOf(req, nothing);
    await send(res, await numbers.refresh(phoneNumberIdOf(req)));
  });

  router.put('/:id/identity-check', async (req, res) => {
    const { enabled } = bodyOf(req, identityCheckBody);
    const { phoneNumberId } = await numbers.find(phoneNumberIdOf(req));
    await send(res, await numbers.setIdentityCheck(phoneNumberId, who(req), enabled));
  });

  return router;
}

/** Meta's id of a WhatsApp phone number in the address. @throws HttpProblem */
function phoneNumberIdOf(req: Request<{ id: string }>): string {
  const { id } = req.params;
  if (/^[0-9]{1,20}$/.test(id)) return id;
  throw new HttpProblem(
    'not_found',
    'There is no number with this id. Meta’s ids are digits: the claim has it as phoneNumberId.',
  );
}
