import { startSimulator, type Simulator } from '../start-simulator.ts';
import { sendWithFetch } from '../webhooks/delivery/send-with-fetch.ts';
import type { SendWebhook } from '../webhooks/delivery/webhook-sender.ts';
import { describeCode, describeRequest, describeWebhook } from './describe-request.ts';
import { describeProvider, settingsAsEnv } from './describe-settings.ts';
import { choosePaint } from './paint.ts';
import type { StartCommand } from './read-arguments.ts';

/** Starts a simulator and keeps it until a signal ends it. Rejects with what `startSimulator` rejects with. */
export async function run({ options, webhook, quiet }: StartCommand): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const paint = choosePaint(process.stderr.isTTY, process.env['NO_COLOR']);
  let running: Simulator | undefined;
  const log = {
    onAnswer: (...[request, ms]: Parameters<NonNullable<typeof options.onAnswer>>) =>
      say(describeRequest(request, ms, paint)),
    onCode: (sent: Parameters<NonNullable<typeof options.onCode>>[0]) =>
      say(describeCode(sent, running?.url ?? '', paint)),
    send: loggingSend((call, status, ms) =>
      say(describeWebhook({ at: running?.now() ?? Date.now(), call, status, ms }, paint)),
    ),
  };
  const simulator = await startSimulator({ ...options, ...(!quiet && log) });
  running = simulator;
  endOnSignals(simulator, say);
  const { url } = simulator;
  say(`Simulated Meta is at ${url}. Nothing here is real. Stop it with Ctrl-C.`);
  say(`${simulator.state().preverifiedNumbers.length} numbers in the pool; see ${url}/__simulator/state`);
  process.stdout.write(`${settingsAsEnv(simulator, 'v26.0')}\n`);
  if (options.sms !== undefined) say(describeProvider(options.sms));
  if (webhook !== undefined) await subscribe(simulator, webhook, say);
}

/** `sendWithFetch` that tells what came of it: the status, undefined without an answer, and real ms. */
function loggingSend(
  note: (call: Parameters<SendWebhook>[0], status: number | undefined, ms: number) => void,
): SendWebhook {
  return async (call) => {
    const startedAt = performance.now();
    let status: number | undefined;
    try {
      const answer = await sendWithFetch(call);
      ({ status } = answer);
      return answer;
    } finally {
      note(call, status, performance.now() - startedAt);
    }
  };
}

async function subscribe(simulator: Simulator, url: string, say: (line: string) => void): Promise<void> {
  try {
    await simulator.setWebhook({ url, verifyToken: simulator.webhookVerifyToken });
    say(`Webhooks go to ${url}.`);
  } catch (error) {
    say(`No webhook is subscribed: ${error instanceof Error ? error.message : String(error)}`);
    const body = JSON.stringify({ url }).replaceAll("'", String.raw`'\''`);
    say('To try again:');
    say(
      `  curl -X PUT ${simulator.url}/__simulator/webhook -H 'content-type: application/json' -d '${body}'`,
    );
  }
}

/** Ends the process with 0 whatever still hangs on a connection, or with 1 when the state could not be saved. */
function endOnSignals(simulator: Simulator, say: (line: string) => void): void {
  const end = async (): Promise<void> => {
    let status = 0;
    try {
      await simulator.close();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      status = 1;
    }
    // Faults that wait would keep the process for as long as they do.
    process.exit(status);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
}
