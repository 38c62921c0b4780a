import type { ClaimStatus, NumberSource } from '@embedded-signup-kit/protocol';
import { describe, expect, it } from 'vitest';
import {
  inCase,
  ownNumbers,
  startWorld,
  type ClaimBody,
  type Popup,
  type Tab,
  type World,
} from './support/world.ts';

const ownNumber = ownNumbers();
const minute = 60_000;

/** One way in which a sign-up comes to an end, and where its claim must end. */
interface Form {
  name: string;
  popup: (world: World, tab: Tab, person: string) => Popup;
  /** What the page tells the kit, where that is not what it heard. */
  told?: (finish: Popup['finish']) => { event: string; data?: Popup['finish']['data'] } | undefined;
  withoutCode?: true;
  end: { status: ClaimStatus; numberSource: NumberSource; reason?: string };
}

const held = (tab: Tab) => ({ ids: tab.numbers.map((number) => number.id) });
const pool = { status: 'registered', numberSource: 'pool' } as const;
const own = { status: 'registered', numberSource: 'own' } as const;
const none = { status: 'no_number', numberSource: 'none' } as const;
const coexistence = { status: 'coexistence', numberSource: 'own' } as const;

const forms: Form[] = [
  {
    name: 'FINISH with a number of the pool',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    end: pool,
  },
  {
    name: 'FINISH with a number of their own',
    popup: (world, _tab, person) => world.popup({ ownNumber: ownNumber(), person }),
    end: own,
  },
  {
    name: 'FINISH_ONLY_WABA without a number',
    popup: (world, _tab, person) => world.popup({ outcome: 'only_waba', person }),
    end: none,
  },
  {
    name: 'FINISH_ONLY_WABA that names a number',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    told: ({ data }) => ({ event: 'FINISH_ONLY_WABA', data }),
    end: pool,
  },
  {
    name: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING with the account alone',
    popup: (world, _tab, person) => world.popup({ outcome: 'coexistence', ownNumber: ownNumber(), person }),
    end: coexistence,
  },
  {
    name: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING that names the number',
    popup: (world, _tab, person) => world.popup({ outcome: 'coexistence', ownNumber: ownNumber(), person }),
    told: ({ event, data }) => ({ event, data }),
    end: coexistence,
  },
  {
    name: 'FINISH_OBO_MIGRATION with a number of the pool',
    popup: (world, tab, person) => world.popup({ ...held(tab), outcome: 'obo_migration', person }),
    end: pool,
  },
  {
    name: 'FINISH_OBO_MIGRATION with a number of their own',
    popup: (world, _tab, person) => world.popup({ ownNumber: ownNumber(), outcome: 'obo_migration', person }),
    end: own,
  },
  {
    name: 'FINISH_GRANT_ONLY_API_ACCESS for an account with a number',
    popup(world, _tab, person) {
      world.popup({ ownNumber: ownNumber(), person });
      return world.popup({ outcome: 'app_only', person });
    },
    end: own,
  },
  {
    name: 'FINISH_GRANT_ONLY_API_ACCESS for an account without one',
    popup: (world, _tab, person) => world.popup({ outcome: 'app_only', person }),
    end: none,
  },
  {
    name: 'FINISH_SOMETHING, which nobody knows, with a number',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    told: ({ data }) => ({ event: 'FINISH_SOMETHING', data }),
    end: pool,
  },
  {
    name: 'FINISH_SOMETHING, which nobody knows, with the account alone',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    told: ({ data }) => ({
      event: 'FINISH_SOMETHING',
      data: data.waba_id === undefined ? {} : { waba_id: data.waba_id },
    }),
    end: pool,
  },
  {
    name: 'FINISH_SOMETHING, which nobody knows, without a number',
    popup: (world, _tab, person) => world.popup({ outcome: 'only_waba', person }),
    told: ({ data }) => ({ event: 'FINISH_SOMETHING', data }),
    end: none,
  },
  {
    name: 'no event, a number of the pool',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    told: () => undefined,
    end: pool,
  },
  {
    name: 'no event, a number of their own',
    popup: (world, _tab, person) => world.popup({ ownNumber: ownNumber(), person }),
    told: () => undefined,
    end: own,
  },
  {
    name: 'no event, no number',
    popup: (world, _tab, person) => world.popup({ outcome: 'only_waba', person }),
    told: () => undefined,
    end: none,
  },
  {
    name: 'no event, the number stays on the business app',
    popup: (world, _tab, person) => world.popup({ outcome: 'coexistence', ownNumber: ownNumber(), person }),
    told: () => undefined,
    end: coexistence,
  },
  {
    name: 'an event and never a code',
    popup: (world, tab, person) => world.popup({ ...held(tab), person }),
    withoutCode: true,
    end: { status: 'needs_signup', numberSource: 'unknown', reason: 'code_missing' },
  },
];

const orders = ['together', 'event first', 'code first'] as const;
const times = [1, 3] as const;
const cancels = [false, true] as const;
const secondTabs = ['none', 'looks on', 'delivers the same'] as const;
const long = process.env['TEST_LONG'] === '1';

interface Case {
  order: (typeof orders)[number];
  copies: (typeof times)[number];
  cancelled: boolean;
  secondTab: (typeof secondTabs)[number];
}

/** All combinations; in the short form enough of them that any two choices meet. */
const cases: Case[] = orders.flatMap((order) =>
  times.flatMap((copies) =>
    cancels.flatMap((cancelled) =>
      secondTabs
        .filter(
          (secondTab) => long || secondTab === ((copies === 1) === cancelled ? 'delivers the same' : 'none'),
        )
        .map((secondTab) => ({ order, copies, cancelled, secondTab })),
    ),
  ),
);

/** The bodies of one delivery, in their order, each as often as the case says. */
function bodiesOf(form: Form, popup: Popup, { order, copies }: Case): ClaimBody[][] {
  const finish = form.told === undefined ? popup.finish : form.told(popup.finish);
  const event: ClaimBody = finish === undefined ? {} : { event: finish.event, data: finish.data ?? {} };
  const code: ClaimBody = form.withoutCode === true || popup.code === undefined ? {} : { code: popup.code };
  const parts =
    order === 'together' ? [{ ...event, ...code }] : order === 'event first' ? [event, code] : [code, event];
  return parts
    .filter((body) => Object.keys(body).length > 0)
    .map((body) => Array.from({ length: copies }, () => body));
}

describe(`every form of a finish, in ${cases.length} deliveries each`, () => {
  it.each(forms)('$name', async (form) => {
    const world = await startWorld({ numbers: 2 * cases.length });
    try {
      // All cases side by side, each with a customer of its own, so that the clock moves for all of them at once.
      const started = [];
      for (const [index, one] of cases.entries()) {
        const customerId = `customer-${index}`;
        const tab = await world.open(customerId);
        const other = one.secondTab === 'none' ? undefined : await world.open(customerId);
        if (other !== undefined) expect(other.numbers).toEqual(tab.numbers);
        if (one.cancelled) await world.cancel(tab);
        started.push({ one, tab, other });
      }
      await world.wait(9 * minute);

      const running = started.map(({ one, tab, other }, index) => {
        const popup = form.popup(world, tab, `person-${index}`);
        return { one, tab, other, popup, bodies: bodiesOf(form, popup, one), ids: new Set<string>() };
      });
      for (const part of [0, 1]) {
        for (const { one, tab, other, bodies, ids } of running) {
          for (const [copy, body] of (bodies[part] ?? []).entries()) {
            const { status, body: answer } = await world.claim(tab, body);
            expect({ one, status }).toEqual({ one, status: copy === 0 ? 202 : 200 });
            ids.add(answer.claim.id);
          }
          if (one.secondTab === 'delivers the same' && other !== undefined) {
            for (const body of bodies[part] ?? []) {
              expect([200, 202]).toContain((await world.claim(other, body)).status);
            }
          }
        }
        await world.signup.runDue();
        world.pass(700);
      }
      await world.settle();

      const records = await world.records();
      const done = world.doneAtMeta();
      for (const { one, tab, popup, ids, bodies } of running) {
        await inCase(JSON.stringify(one), async () => {
          expect(ids.size).toBe(1);
          const mine = records.filter((record) => record.customerId === tab.customerId);
          expect(mine).toHaveLength(one.secondTab === 'delivers the same' ? 2 : 1);
          // With the same code from two tabs, one of them gets to use it: either may.
          const claim =
            mine.find((record) => record.codeUsedAt !== undefined) ?? (await world.record([...ids][0] ?? ''));
          const losers = mine.filter((record) => record.id !== claim.id);
          expect(losers.map((record) => record.status)).toEqual(losers.map(() => 'needs_signup'));
          expect({
            status: claim.status,
            numberSource: claim.numberSource,
            reason: claim.reason?.code,
          }).toEqual({ reason: undefined, ...form.end });
          const told = bodies.flat().find((body) => body.event !== undefined)?.event;
          expect(claim.event).toBe(told);
          expect(claim.step).toBeUndefined();
          if (form.end.numberSource !== 'unknown') expect(claim.wabaId).toBe(popup.wabaId);
          if (form.end.numberSource === 'pool') {
            expect(claim.phoneNumber).toBe(tab.numbers[0]?.phoneNumber);
          }
          // A repeat after the end changes nothing.
          const last = bodies.at(-1)?.[0] ?? {};
          const again = await world.claim(tab, last);
          expect({ status: again.status, id: again.body.claim.id }).toEqual({
            status: 200,
            id: [...ids][0],
          });
        });
      }
      await world.settle();
      expect(world.doneAtMeta()).toEqual(done);

      // Nothing twice at Meta: no code, no subscription, no registration; and no number that stays on the app.
      expect([...done].filter(([key, count]) => key !== 'exchange' && count > 1)).toEqual([]);
      expect(done.get('exchange') ?? 0).toBe(form.withoutCode === true ? 0 : cases.length);
      const calls = (ending: string) => [...done.keys()].filter((key) => key.endsWith(ending)).length;
      expect(calls('/register')).toBe(form.end.status === 'registered' ? cases.length : 0);
      const counts = world.sim.state().phoneNumbers.map((number) => number.registerCalls);
      expect(Math.max(0, ...counts)).toBe(form.end.status === 'registered' ? 1 : 0);
    } finally {
      await world.close();
    }
  });
});
