import { describe } from 'vitest';
import type { ExpectStatic } from 'vitest';
import { it } from './support/it.ts';
import type { Popup, Word } from './support/popup.ts';
import { idOf } from './support/signup-server.ts';
import type { Stage } from './support/stage.ts';
import { code, finish, finishData, logObject, logText } from './support/words.ts';

const orders = ['message', 'code'] as const;
const arrivals = ['once', 'each twice', 'the second late', 'the second never'] as const;

type Half = (typeof orders)[number];
type Arrival = (typeof arrivals)[number];

const cells = Object.keys(finishData).flatMap((event) => orders.map((first) => ({ event, first })));
type Cell = (typeof cells)[number];
const theCode = 'AQD-code-of-thirty-seconds';
const late = 20_000;

/** What the popup says, and what the server has to get of it. */
function plan(event: string, first: Half, arrival: Arrival) {
  const times = (word: Word): Word[] => (arrival === 'each twice' ? [word, word] : [word]);
  // Meta's documents show text; an object is understood, too.
  const message = {
    words: times(finish(event, first === 'message' ? logText : logObject)),
    body: { event, data: finishData[event] },
  };
  const theOther = { words: times(code(theCode)), body: { code: theCode } };
  const [one, two] = first === 'message' ? [message, theOther] : [theOther, message];
  return { one, two: arrival === 'the second never' ? undefined : two };
}

/** The page goes with the first half still on its way to the server, which gets it when the page is gone. */
async function goAway({ server }: Stage, popup: Popup, words: Word[], go: () => Promise<unknown>) {
  const askBefore = server.hold('OPTIONS /claims');
  const openSession = server.hold('POST /sessions');
  await popup.says(...words);
  await go();
  askBefore();
  await server.hears('POST /claims');
  openSession();
}

/** Each half once, all under the session that was launched with, and one claim. */
function gotExactly(expect: ExpectStatic, { server }: Stage, arrival: Arrival, bodies: unknown[]) {
  const heard = server.heardAt('POST /claims');
  const texts = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  // Two requests on two connections may overtake each other on their way.
  expect(texts(heard.map(({ body }) => body)), arrival).toEqual(texts(bodies));
  expect(new Set(heard.map(({ session }) => idOf(session ?? ''))), arrival).toEqual(new Set(['session-1']));
  expect(server.claims, arrival).toHaveLength(1);
}

const everything = process.env['TEST_LONG'] === '1';

/**
 * The ways to try: all of them for FINISH. The other events differ by their word alone, so unless there is time for
 * everything, each is tried in one way, all ways by turns.
 */
function waysOf({ event, first }: Cell): readonly Arrival[] {
  if (everything || event === 'FINISH') return arrivals;
  const turn = cells.findIndex((cell) => cell.event === event && cell.first === first);
  return arrivals.filter((_, place) => place === turn % arrivals.length);
}

/** Of the other events, in as many words, one order is enough where the page goes. */
const cellsWith = (order: Half) =>
  cells.filter(({ event, first }) => everything || event === 'FINISH' || first === order);

/** One browser for all ways of a cell, each at a page of its own. */
async function inEachWay(cell: Cell, first: Stage, run: (stage: Stage, arrival: Arrival) => Promise<void>) {
  let stage: Stage | undefined;
  for (const arrival of waysOf(cell)) {
    stage = stage ? await stage.again() : first;
    stage.server.stands = [{ status: 'received' }];
    await stage.visitor.arrive();
    await run(stage, arrival);
  }
}

/** The server comes to the end of the claim, and the page with it. */
async function comesToAnEnd({ server, visitor }: Stage) {
  server.stands = [{ status: 'registered', displayPhoneNumber: '+1 555-010-0001' }];
  await visitor.waitsFor('registered');
  await visitor.reads('+1 555-010-0001');
}

describe.concurrent('a finish, in one go, repeated, late or by half', () => {
  it.for(cells)(
    '$event, the $first first: the server gets each half once, and the page follows the claim',
    { timeout: 60_000 },
    async ({ event, first }, { build, expect }) => {
      await inEachWay({ event, first }, await build({ clock: true }), async (stage, arrival) => {
        const { visitor, server, context } = stage;
        const { one, two } = plan(event, first, arrival);
        const bodies = [one.body, ...(two ? [two.body] : [])];
        const popup = await visitor.opensPopup();

        await popup.says(...one.words);
        if (arrival === 'the second late') {
          await visitor.waitsUntil(async () => server.heardAt('GET /claims/claim-1').length > 1, 'two looks');
          await context.clock.runFor(late);
        }
        if (two) await popup.says(...two.words);
        await visitor.allSent();
        gotExactly(expect, stage, arrival, bodies);

        await comesToAnEnd(stage);
        gotExactly(expect, stage, arrival, bodies);
        expect(await visitor.errors()).toEqual([]);
      });
    },
  );

  it.for(cellsWith('message'))(
    '$event, the $first first: a page reloaded after it finds the claim, and a message finds the page',
    { timeout: 60_000 },
    async ({ event, first }, { build, expect }) => {
      await inEachWay(
        { event, first },
        await build({ clock: true, serverElsewhere: true }),
        async (stage, arrival) => {
          const { visitor, context } = stage;
          const { one, two } = plan(event, first, arrival);
          const popup = await visitor.opensPopup();

          await goAway(stage, popup, one.words, () => visitor.page.reload());
          await visitor.sees('claiming');
          if (arrival === 'the second late') await context.clock.runFor(late);
          if (two) await popup.says(...two.words);
          await visitor.allSent();

          await comesToAnEnd(stage);
          // Who called FB.login is gone, so a code that comes later is nobody's.
          gotExactly(expect, stage, arrival, [one.body, ...(two && first === 'code' ? [two.body] : [])]);
          expect(await visitor.errors()).toEqual([]);
        },
      );
    },
  );

  it.for(cellsWith('code'))(
    '$event, the $first first: a page that was left after it follows the claim when it comes back',
    { timeout: 60_000 },
    async ({ event, first }, { build, expect }) => {
      await inEachWay(
        { event, first },
        await build({ clock: true, serverElsewhere: true }),
        async (stage, arrival) => {
          const { visitor, context, url } = stage;
          const { one, two } = plan(event, first, arrival);
          const popup = await visitor.opensPopup();

          await goAway(stage, popup, one.words, () => visitor.page.goto(`${url}elsewhere`));
          if (arrival === 'the second late') await context.clock.runFor(late);
          if (two) await popup.says(...two.words);
          gotExactly(expect, stage, arrival, [one.body]);

          await visitor.page.goto(url);
          await visitor.sees('claiming');
          await comesToAnEnd(stage);
          gotExactly(expect, stage, arrival, [one.body]);
        },
      );
    },
  );
});
