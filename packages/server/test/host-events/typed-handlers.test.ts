import { expect, it } from 'vitest';
import { callHandler } from '../../src/host-events/call-handler.ts';
import type { HostEvent, HostEventData, HostHandlers } from '../../src/index.ts';
import { systemTimer } from '../../src/system/system-clock.ts';

it('a handler knows what its event brings, as the documentation says', async () => {
  const heard: string[] = [];
  const on = {
    claimRegistered: ({ data }) => heard.push(`${data.claim.customerId} ${data.claim.phoneNumberId}`),
    numberExpiring: ({ data }) => heard.push(`${data.number.phoneNumber} ${data.daysLeft}`),
    identityChanged: ({ data }) => heard.push(`${data.waId} ${data.how}`),
    // Whoever wants them all alike may have that, too.
    poolLow: ({ type, data }: HostEvent) => heard.push(`${type} ${String(data['free'])}`),
  } satisfies HostHandlers;
  const deliver = callHandler({ on, timer: systemTimer, timeoutMs: 1_000 });
  const tell = (type: keyof HostEventData, data: HostEvent['data']) =>
    deliver({ id: type, type, occurredAt: '2026-01-01T00:00:00.000Z', data });

  await tell('claimRegistered', { claim: { customerId: 'lucky-shrub', phoneNumberId: '1065' } });
  await tell('numberExpiring', { number: { phoneNumber: '+15550100001' }, daysLeft: 14 });
  await tell('identityChanged', { waId: '16505551234', how: 'mismatch' });
  await tell('poolLow', { free: 0, low: 3 });
  expect(heard).toEqual(['lucky-shrub 1065', '+15550100001 14', '16505551234 mismatch', 'poolLow 0']);
});
