import type { Chance } from '../../support/chance.ts';
import type { NodesWorld } from './nodes-world.ts';
import type { OwnPostgres } from './own-postgres.ts';

/** Waits a chosen time: the moment is what is tested by these, nothing waits for it to be right. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a promise has ended, and how to know. */
function watch(promise: Promise<unknown>): { isOver: () => boolean } {
  let over = false;
  void promise
    .catch(() => undefined)
    .then(() => {
      over = true;
      return over;
    });
  return { isOver: () => over };
}

/** Terminates backends of the nodes at chosen moments until something is over, and at least so many. Resolves to how many. */
export async function terminateUntil(
  world: NodesWorld,
  end: Promise<unknown>,
  { chance, atLeast }: { chance: Chance; atLeast: number },
): Promise<number> {
  const { isOver } = watch(end);
  let terminated = 0;
  while (!isOver() || terminated < atLeast) {
    // The server may be down at this moment.
    terminated += await world.disturb('backends are terminated', () =>
      world.disk.terminateBackends(1 + chance.below(3)).catch(() => 0),
    );
    await pause(100 + chance.below(400));
  }
  return terminated;
}

/** Stops the server as a power cut would, again and again. */
export async function crashServer(
  world: NodesWorld,
  server: OwnPostgres,
  { chance, times, apart }: { chance: Chance; times: number; apart: number },
): Promise<void> {
  for (let stop = 0; stop < times; stop += 1) {
    await pause(chance.below(apart));
    await world.disturb('the server is stopped', async () => {
      await server.stopImmediately();
      await pause(chance.below(400));
      await server.start();
    });
  }
}

/** Has one node after the other stand still, each for a while. */
export async function stopNodes(
  world: NodesWorld,
  { chance, times, ms }: { chance: Chance; times: number; ms: number },
): Promise<void> {
  for (let stop = 0; stop < times; stop += 1) {
    await pause(chance.below(1_000));
    const node = world.node(chance.below(world.nodes.length));
    await world.disturb('a node stands still', async () => {
      node.stop();
      await pause(ms);
      node.goOn();
    });
  }
}

/** Has the link of a node fall silent for a while, and then resumes it or cuts it. */
export async function silenceLink(
  world: NodesWorld,
  n: number,
  { chance, times, ms }: { chance: Chance; times: number; ms: number },
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await pause(chance.below(1_000));
    await world.disturb('a link is silent', async () => {
      const link = world.link(n);
      link.fallSilent();
      await pause(ms);
      if (chance.below(2) === 0) link.resume();
      else link.cut();
    });
  }
}

/** Kills one node after the other, and puts a new one in its place. */
export async function killNodes(
  world: NodesWorld,
  { chance, times }: { chance: Chance; times: number },
): Promise<void> {
  for (let kill = 0; kill < times; kill += 1) {
    await pause(chance.below(2_000));
    const n = chance.below(world.nodes.length);
    await world.disturb('a node is killed', async () => {
      await world.node(n).kill();
      await world.replace(n);
    });
  }
}
