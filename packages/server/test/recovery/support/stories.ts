import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { durations } from '../../../src/domain/durations.ts';
import type { Popup, RecoveryHost, Tab } from './recovery-host.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Meta refuses a call for good. */
export const refused = (method: string, path: string): ScriptedFault => ({
  match: { method, path },
  times: 'always',
  fault: { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } },
});

/** What a page has of its popup once that is finished, and what it could deliver. */
export const delivery = ({ finish, code = '' }: Popup) => ({ ...finish, code });

/** When the customer's browser dies, and what of the sign-up has reached the host by then. */
export const deaths = {
  'before it is told of the finish': async () => undefined,
  'after it delivered the event, with the code still to come': async ({ host, tab, popup }) => {
    await host.claim(tab, popup.finish);
  },
  'after it delivered the code, which dies with the process': async ({ host, tab, popup }) => {
    await host.claim(tab, { code: popup.code ?? '' });
    await host.restart();
    host.pass(durations.code + second);
  },
  'right after it delivered both': async ({ host, tab, popup }) => {
    await host.claim(tab, delivery(popup));
  },
  'while it sends its claim': async ({ host, tab, popup }) => {
    await host.claimCut(tab, delivery(popup), 'in the body');
  },
  'while it waits for the answer to its claim': async ({ host, tab, popup }) => {
    await host.claimCut(tab, delivery(popup), 'before the answer');
  },
  never: async ({ host, tab, popup }) => {
    const { body } = await host.claim(tab, delivery(popup));
    await host.run();
    await host.view(body.claim.id, tab);
  },
} satisfies Record<string, (story: Story) => Promise<unknown>>;

/** A sign-up under way. */
export interface Story {
  host: RecoveryHost;
  tab: Tab;
  popup: Popup;
  die: () => Promise<unknown>;
  /** Faults that are there from the beginning to the end. */
  faults: ScriptedFault[];
}

/** When Meta's webhook comes. */
export const webhooks = {
  'before the browser’s claim': async ({ host, die }) => {
    await host.deliver();
    await host.run();
    await die();
  },
  'at once': async ({ host, die }) => {
    await die();
    await host.deliver();
  },
  'an hour late': async ({ host, die }) => {
    await die();
    await host.wait(hour);
    await host.deliver();
  },
  // Meta goes on trying for a week; nothing else tells of the account.
  'a week late, and Meta’s list is not to be had': async ({ host, die, faults }) => {
    host.sim.setFaults([...faults, refused('GET', '/*/client_whatsapp_business_accounts')]);
    await die();
    await host.wait(7 * day - hour, 6 * hour);
    await host.deliver();
  },
  twice: async ({ host, die }) => {
    host.sim.setDelivery({ duplicates: 1 });
    await die();
    await host.deliver();
    await host.run();
    await host.deliver();
  },
  never: async ({ host, die }) => {
    host.sim.setDelivery({ drop: 1_000 });
    await die();
    await host.deliver();
  },
} satisfies Record<string, (story: Story) => Promise<unknown>>;

export type Death = keyof typeof deaths;
export type Webhook = keyof typeof webhooks;

/** Every death with every webhook. */
export const everyStory: [Death, Webhook][] = (Object.keys(deaths) as Death[]).flatMap((death) =>
  (Object.keys(webhooks) as Webhook[]).map((webhook): [Death, Webhook] => [death, webhook]),
);

/** A customer opens a session, finishes the popup with the number that is held for them, and what follows goes its way. */
export async function tellStory(
  host: RecoveryHost,
  { death, webhook, faults = [] }: { death: Death; webhook: Webhook; faults?: ScriptedFault[] },
): Promise<{ tab: Tab; popup: Popup }> {
  host.sim.setFaults(faults);
  const tab = await host.open('lucky-shrub');
  host.pass(5 * minute);
  const popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
  const die = () => deaths[death]({ host, tab, popup, faults, die: async () => undefined });
  await webhooks[webhook]({ host, tab, popup, faults, die });
  return { tab, popup };
}
