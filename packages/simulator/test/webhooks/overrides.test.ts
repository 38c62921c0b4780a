import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { callback, subscribed } from '../support/callback.ts';
import { graph } from '../support/graph-client.ts';
import { send, sender, type Sender } from '../support/messaging.ts';
import { playground } from '../support/playground.ts';

const override = (url: string) => ({ override_callback_uri: url, verify_token: 'x' });

function forAccount(simulator: Simulator, { wabaId, token }: Sender, json: unknown) {
  return graph(simulator, `POST /v26.0/${wabaId}/subscribed_apps`, { token, json });
}

function forNumber(simulator: Simulator, { phoneNumberId, token }: Sender, webhook_configuration: unknown) {
  return graph(simulator, `POST /v26.0/${phoneNumberId}`, { token, json: { webhook_configuration } });
}

test('messages go to the override of the number, else of the account, else to the app', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  const [ofAccount, ofNumber] = [await callback(), await callback()];
  const arrivals = async () => {
    await send(simulator, customer);
    await simulator.deliver();
    return [app, ofAccount, ofNumber].map((opened) => opened.events().length);
  };
  expect(await arrivals()).toEqual([2, 0, 0]);
  await forAccount(simulator, customer, override(ofAccount.url));
  expect(await arrivals()).toEqual([2, 2, 0]);
  await forNumber(simulator, customer, override(ofNumber.url));
  expect(await arrivals()).toEqual([2, 2, 2]);
});

test('everything else goes to the app whatever is overridden', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  const elsewhere = await callback();
  await forAccount(simulator, customer, override(elsewhere.url));
  await forNumber(simulator, customer, override(elsewhere.url));
  const { wabaId, phoneNumberId } = customer;
  simulator.emit({ kind: 'account-update', wabaId, event: 'DISABLED_UPDATE' });
  simulator.emit({ kind: 'security', phoneNumberId, event: 'PIN_CHANGED' });
  await simulator.deliver();
  expect(app.events()).toHaveLength(2);
  expect(elsewhere.events()).toEqual([]);
});

test('without the app’s own callback an override gets nothing', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const elsewhere = await callback();
  await forAccount(simulator, customer, override(elsewhere.url));
  await send(simulator, customer);
  await simulator.deliver();
  expect(elsewhere.events()).toEqual([]);
});

test('messages of an account that the app is not subscribed to are not reported', async () => {
  const simulator = await playground();
  const customer = await sender(simulator, { subscribe: false });
  const app = await subscribed(simulator);
  await send(simulator, customer);
  const { phoneNumberId, wabaId } = customer;
  const [unheard] = simulator.emit({ kind: 'message', phoneNumberId, from: '+16505551234', text: 'Hi' });
  expect(unheard?.url).toBeUndefined();
  expect(unheard?.reason).toContain(`POST /${wabaId}/subscribed_apps`);
  await simulator.deliver();
  expect(app.events()).toEqual([]);
});

test('a number names the callbacks that its messages could go to', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  await forAccount(simulator, customer, override('http://127.0.0.1:9/account'));
  await forNumber(simulator, customer, override('http://127.0.0.1:9/number'));
  const { body } = await graph(simulator, `GET /${customer.phoneNumberId}`, customer);
  expect(body).toMatchObject({
    webhook_configuration: {
      application: app.url,
      whatsapp_business_account: 'http://127.0.0.1:9/account',
      phone_number: 'http://127.0.0.1:9/number',
    },
  });
});
