import fc from 'fast-check';
import type { ClaimBody, Popup, Tab, World } from '../../intake/support/world.ts';

/** The two customers of a trial. */
export type Who = 'A' | 'B';

/** What a customer's own popup ended with. `spare` is a number of the pool that was set aside for nobody. */
const popupKinds = ['pool', 'own', 'none', 'coexistence', 'spare'] as const;
export type PopupKind = (typeof popupKinds)[number];

/** A claim, put together from pieces of whoever they are. */
export interface Mixture {
  session: Who;
  code: Who | 'junk' | 'none';
  waba: Who | 'random' | 'none';
  phone: Who | 'random' | 'none';
  event:
    'FINISH' | 'FINISH_ONLY_WABA' | 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' | 'FINISH_SOMETHING' | 'none';
}

/** Two customers, and what is sent in their names, one after the other. */
export interface Trial {
  popups: Record<Who, PopupKind>;
  claims: Mixture[];
}

const who = fc.constantFrom<Who>('A', 'B');
const mixture: fc.Arbitrary<Mixture> = fc
  .record<Mixture>({
    session: who,
    code: fc.oneof({ arbitrary: who, weight: 4 }, { arbitrary: fc.constantFrom('junk', 'none'), weight: 1 }),
    waba: fc.oneof(
      { arbitrary: who, weight: 3 },
      { arbitrary: fc.constantFrom('random', 'none'), weight: 2 },
    ),
    phone: fc.oneof(
      { arbitrary: who, weight: 3 },
      { arbitrary: fc.constantFrom('random', 'none'), weight: 2 },
    ),
    event: fc.oneof(
      { arbitrary: fc.constant('FINISH' as const), weight: 4 },
      {
        arbitrary: fc.constantFrom(
          'FINISH_ONLY_WABA' as const,
          'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' as const,
          'FINISH_SOMETHING' as const,
        ),
        weight: 2,
      },
    ),
  })
  // Without any id and with a code, the event may be missing altogether.
  .chain((one) =>
    one.code !== 'none' && one.waba === 'none' && one.phone === 'none'
      ? fc.boolean().map((alone) => (alone ? { ...one, event: 'none' as const } : one))
      : fc.constant(one),
  );

/** Any trial. */
export const trial: fc.Arbitrary<Trial> = fc.record({
  popups: fc.record({ A: fc.constantFrom(...popupKinds), B: fc.constantFrom(...popupKinds) }),
  claims: fc.array(mixture, { minLength: 1, maxLength: 3 }),
});

/** A trial that has begun: sessions are open, popups were gone through. */
export interface Begun {
  trial: Trial;
  customers: Record<Who, string>;
  tabs: Tab[];
  popups: Record<Who, Popup>;
}

/** Opens a session per claim, all before the first claim, and goes through both popups. */
export async function begin(
  world: World,
  chosen: Trial,
  name: string,
  give: { ownNumber: () => string; spareNumber: () => string },
): Promise<Begun> {
  const customers = { A: `${name}-A`, B: `${name}-B` };
  const held = { A: await world.open(customers.A), B: await world.open(customers.B) };
  const tabs: Tab[] = [];
  for (const { session } of chosen.claims) tabs.push(await world.open(customers[session]));
  const go = (one: Who): Popup => {
    const kind = chosen.popups[one];
    if (kind === 'pool') return world.popup({ ids: held[one].numbers.map(({ id }) => id) });
    if (kind === 'spare') return world.popup({ numberId: give.spareNumber() });
    if (kind === 'own') return world.popup({ ownNumber: give.ownNumber() });
    if (kind === 'none') return world.popup({ outcome: 'only_waba' });
    return world.popup({ outcome: 'coexistence', ownNumber: give.ownNumber() });
  };
  return { trial: chosen, customers, tabs, popups: { A: go('A'), B: go('B') } };
}

/** The body of the n-th claim. Random ids and junk codes are different each time. */
export function bodyOf({ popups }: Begun, one: Mixture, random: () => string): ClaimBody {
  const waba = { A: popups.A.wabaId, B: popups.B.wabaId, random: random(), none: undefined }[one.waba];
  const phone = {
    A: popups.A.phoneNumberId,
    B: popups.B.phoneNumberId,
    random: random(),
    none: undefined,
  }[one.phone];
  const code = { A: popups.A.code, B: popups.B.code, junk: `junk-${random()}`, none: undefined }[one.code];
  const data = {
    ...(waba === undefined ? {} : { waba_id: waba }),
    ...(phone === undefined ? {} : { phone_number_id: phone }),
  };
  return {
    ...(one.event === 'none' ? {} : { event: one.event, data }),
    ...(code === undefined ? {} : { code }),
  };
}
