import { startSimulator, type SignUpRequest } from '@embedded-signup-kit/simulator';
import type { HostOptions } from './hosts.ts';

/** A way to run a host. To have its calls go through every fault, put it here. */
export interface Configuration {
  name: string;
  options: () => Promise<HostOptions> | HostOptions;
  /** What the customer does in the popup. */
  popup?: SignUpRequest;
}

/** All of them, by name. */
export const configurations = {
  plain: { name: 'plain', options: () => ({}) },
  everything: {
    name: 'with credit line, webhook override and identity check',
    options: async () => ({
      creditLine: await creditLineOfMeta(),
      webhookOverride: { callbackUri: 'https://bsp.example/whatsapp', verifyToken: 'verify-me' },
      identityCheck: true,
    }),
  },
  attaching: {
    name: 'that attaches the held number',
    options: () => ({ attachWhenNoNumber: true }),
    popup: { outcome: 'only_waba' },
  },
} as const satisfies Record<string, Configuration>;

/** The BSP's credit line and system user: the same in every simulator with the same seed. */
async function creditLineOfMeta(): Promise<{ id: string; currency: 'EUR'; systemUserId: string }> {
  const sim = await startSimulator();
  const first = async (edge: string) => {
    const headers = { authorization: `Bearer ${sim.systemUserToken}` };
    const answer = await fetch(`${sim.url}/v26.0/${sim.businessId}/${edge}`, { headers });
    const { data } = (await answer.json()) as { data: { id: string }[] }; // as the simulator's pages say
    if (data[0] === undefined) throw new Error(`Meta has no ${edge}`);
    return data[0].id;
  };
  const ids = { id: await first('extendedcredits'), systemUserId: await first('system_users') };
  await sim.close();
  return { ...ids, currency: 'EUR' };
}
