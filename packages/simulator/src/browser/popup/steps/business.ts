import type { Business } from '../../../world/business.ts';
import type { World } from '../../../world/world.ts';
import type { Dialog } from '../dialog.ts';
import { html } from '../html.ts';
import { choice, questionPage } from '../layout.ts';
import type { Step } from '../step.ts';

const NEW = 'new';
const NAME_LIMIT = 100;

/** Which business portfolio: one the person has, or a new one. */
export const business: Step = {
  currentStep: 'BUSINESS_ACCOUNT_SELECTION',
  back: 'log-in',

  screen({ world }, dialog) {
    const owned = ownedBy(world, dialog);
    const chosen = dialog.typed['business'] ?? preselected(dialog, owned);
    const name = dialog.typed['businessName'] ?? dialog.launch.businessName ?? '';
    return questionPage({
      name: 'business',
      title: 'Choose your business',
      position: 2,
      intro: 'The WhatsApp account will belong to this business portfolio.',
      dialog,
      proceed: 'Continue',
      canGoBack: true,
      fields: html`<fieldset>
          <legend>Business portfolio</legend>
          ${owned.map(({ id, name: label }) =>
            choice({ name: 'business', value: id, label, detail: `ID ${id}`, checked: chosen === id }),
          )}
          ${choice({
            name: 'business',
            value: NEW,
            label: 'Create a new business portfolio',
            detail: 'It needs a name only.',
            checked: chosen === NEW,
          })}
        </fieldset>
        <div class="revealed-by-new">
          <label for="businessName">Business name</label>
          <input id="businessName" name="businessName" value="${name}" autocomplete="organization" />
        </div>`,
    });
  },

  submit({ world }, dialog, form) {
    const owned = ownedBy(world, dialog).find(({ id }) => id === form['business']);
    const name = form['businessName']?.trim() ?? '';
    if (owned !== undefined) {
      dialog.business = { kind: 'existing', id: owned.id };
    } else if (form['business'] !== NEW) {
      dialog.problem = 'Choose a business portfolio.';
      return;
    } else if (name === '' || name.length > NAME_LIMIT) {
      dialog.problem = `Enter a business name of up to ${NAME_LIMIT} characters.`;
      return;
    } else {
      dialog.business = { kind: 'new', name };
    }
    dialog.step = 'number';
  },
};

function ownedBy(world: World, { person }: Dialog): Business[] {
  return (person?.businessIds ?? []).flatMap((id) => world.businesses.get(id) ?? []);
}

/** A pre-filled portfolio the person owns, by id or by equal name, or else a pre-filled name as a new one (pre-filled data page). */
function preselected({ launch, business: earlier }: Dialog, owned: readonly Business[]): string {
  if (earlier !== undefined) return earlier.kind === 'existing' ? earlier.id : NEW;
  const matching = owned.find(({ id, name }) => id === launch.businessId || name === launch.businessName);
  if (matching !== undefined) return matching.id;
  return launch.businessName === undefined ? (owned[0]?.id ?? NEW) : NEW;
}
