import type { Stage } from './stage.ts';

type SignUp = NonNullable<Parameters<Stage['sim']['signUp']>[0]>;

/**
 * A customer of the example site signs up without a browser, where it is not about the window: with the number that is set
 * aside for them, or as told. Resolves to the number once the kit has the claim on disk.
 *
 * @param customerId such as `lucky-shrub`
 */
export async function signUpUnseen(stage: Stage, customerId: string, signUp: SignUp = {}): Promise<string> {
  const { url, sim } = stage;
  const entered = await fetch(`${url}/log-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account: customerId, password: 'demo' }),
  });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const send = async <Answer>(path: string, body: object, headers: Record<string, string>) => {
    const answer = await fetch(`${url}/signup/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST /${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer; // as the kit's protocol says
  };

  const { session, numbers } = await send<{ session: string; numbers: { id: string }[] }>('sessions', {}, {});
  const result = sim.signUp({ ids: numbers.map(({ id }) => id), ...signUp });
  const { event, data } = JSON.parse(result.messages[0] ?? '{}') as { event: string; data: object }; // Meta's session log
  await send('claims', { event, data, code: result.code }, { authorization: `Bearer ${session}` });
  const taken = sim.state().phoneNumbers.find(({ id }) => id === result.phoneNumberId);
  return taken?.displayPhoneNumber ?? '';
}
