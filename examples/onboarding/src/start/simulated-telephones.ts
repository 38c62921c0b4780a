import type { InboxMessage, SendWebhook } from '@embedded-signup-kit/simulator';

/** Sends what the simulator has to say, but loses texts to some numbers: they are like landlines, which take calls only. */
export function sendButToLandlines(phoneNumbers: readonly string[]): SendWebhook {
  const landlines = phoneNumbers.map((number) => `+${number.replaceAll(/\D/g, '')}`);
  return async ({ purpose, url, method, headers, body, signal }) => {
    if (purpose === 'sms' && landlines.some((number) => body?.includes(number))) return { status: 200 };
    const answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  };
}

/** Writes down what Meta's voice says to whoever takes the call. */
export function tellOfCall(call: InboxMessage | undefined): void {
  if (call !== undefined) console.log(`The telephone of ${call.to} rings. A voice says: “${call.text}”`);
}
