import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, graph } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { PRE_VERIFIED_NUMBERS_GUIDE } from './samples/pre-verified-numbers-guide.ts';
import { filledIn, runCurl, runSyntax } from './support/printed-call.ts';
import { expectShape } from './support/shape.ts';

const { curl, json, syntax } = PRE_VERIFIED_NUMBERS_GUIDE;

/** A partner of the same solution, and a verified number. */
async function twoPartners() {
  const simulator = await playground();
  const partner = simulator.addPartner({ name: 'Other Partner' });
  return { simulator, partner, ...seedOne(simulator) };
}

/** Ids of the businesses a number is shared with. */
async function partnersOf(simulator: Simulator, id: string): Promise<unknown[]> {
  const { body } = await graph(simulator, `GET /v21.0/${id}/partners`, { token: simulator.systemUserToken });
  return (at(body, 'data') as unknown[]).map((partner) => at(partner, 'id'));
}

test('a number is shared and taken back by the printed commands, which name no business in their path', async () => {
  const { simulator, partner, id } = await twoPartners();
  const { businessId } = partner;
  const table = {
    '506914307656634': businessId,
    '1706193509821738': id,
    'EAAH0...': simulator.systemUserToken,
  };
  const shared = await runCurl(simulator, curl.share, table);
  expect(shared).toEqual({ status: 200, body: JSON.parse(json.share) });
  expect(await partnersOf(simulator, id)).toEqual([businessId]);
  const taken = await runCurl(simulator, curl.unshare, table);
  expect(taken).toEqual({ status: 200, body: JSON.parse(json.share) });
  expect(await partnersOf(simulator, id)).toEqual([]);
});

test('a number is shared and taken back by the request syntaxes', async () => {
  const { simulator, partner, id } = await twoPartners();
  const { businessId } = partner;
  const token = simulator.systemUserToken;
  const table = {
    '<BUSINESS_ID>': simulator.businessId,
    '<PARTNER_BUSINESS_ID>': businessId,
    '<PREVERIFIED_ID>': id,
  };
  const printedAnswer = filledIn(json.shareSyntax, { '<SUCCESS>': 'true' });
  const shared = await runSyntax(simulator, syntax.share, table, { token });
  expect(shared.status).toBe(200);
  expectShape(shared.body, printedAnswer);
  expect(await partnersOf(simulator, id)).toEqual([businessId]);
  const taken = await runSyntax(simulator, syntax.unshare, table, { token });
  expect(taken.status).toBe(200);
  expectShape(taken.body, printedAnswer);
  expect(await partnersOf(simulator, id)).toEqual([]);
});
