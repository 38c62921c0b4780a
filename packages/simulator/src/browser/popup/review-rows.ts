import { displayPhoneNumber } from '../../phone/phone-number.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { Simulation } from '../../world/simulation.ts';
import { existingAccount } from './accounts.ts';
import type { Dialog } from './dialog.ts';
import { skipsNumber } from './path.ts';

type Row = readonly [term: string, value: string];

/** What the review lists: what was chosen, and what the page filled in. */
export function reviewRows(simulation: Simulation, dialog: Dialog): Row[] {
  const business = businessName(simulation, dialog);
  const account = existingAccount(simulation.world, dialog);
  const { prefill, features } = dialog.launch;
  const used = features.appOnly ? account : undefined;
  const rows: (Row | undefined)[] = [
    ['Person', dialog.person?.name ?? ''],
    ['Business portfolio', business],
    ...detailRows(dialog),
    account && ['WhatsApp Business account', `${account.name} (ID ${account.id})`],
    ['WhatsApp display name', prefill.displayName ?? business],
    ['Phone number', numbersOn(simulation, used) ?? phoneNumber(simulation, dialog)],
    prefill.solutionId === undefined ? undefined : ['Multi-partner solution', prefill.solutionId],
  ];
  return rows.filter((row) => row !== undefined);
}

function detailRows({ business, businessDetails, launch }: Dialog): Row[] {
  if (business?.kind !== 'new') return [];
  return launch.prefill.businessDetails.flatMap(({ name, label }) => {
    const value = businessDetails[name] ?? '';
    return value === '' ? [] : [[label, value] as const];
  });
}

/** What an app-only install shares: the numbers that are there. */
function numbersOn({ world }: Simulation, account: WhatsAppAccount | undefined): string | undefined {
  if (account === undefined) return undefined;
  const numbers = [...world.phoneNumbers.values()].filter(({ accountId }) => accountId === account.id);
  return numbers.map(({ digits }) => displayPhoneNumber(digits)).join(', ') || undefined;
}

function businessName({ world }: Simulation, { business }: Dialog): string {
  if (business?.kind === 'new') return business.name;
  return world.businesses.get(business?.id ?? '')?.name ?? '';
}

function phoneNumber({ world }: Simulation, { number, unverified, launch }: Dialog): string {
  if (skipsNumber(launch) || number === undefined || number.kind === 'none') return 'None';
  if (number.kind === 'business-app') {
    return `${displayPhoneNumber(number.digits)} (stays in the WhatsApp Business app)`;
  }
  const digits = number.kind === 'own' ? number.digits : world.preverifiedNumbers.get(number.id)?.digits;
  if (digits === undefined) return 'No longer available';
  return displayPhoneNumber(digits) + (unverified ? ' (not verified yet)' : '');
}
