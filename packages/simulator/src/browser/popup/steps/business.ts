import type { Business } from '../../../world/businesses/business.ts';
import type { World } from '../../../world/world.ts';
import { prefilledAccounts } from '../accounts.ts';
import type { Dialog } from '../dialog.ts';
import { html, type Html } from '../page/html.ts';
import { choice } from '../page/layout.ts';
import { afterBusiness } from '../path.ts';
import type { BusinessDetail } from '../launch/prefill.ts';
import { questionPage } from '../page/question-page.ts';
import type { Step } from '../step.ts';

const NEW = 'new';
const NAME_LIMIT = 100;

/** Which business portfolio: one the person has, or a new one. */
export const business: Step = {
  currentStep: 'BUSINESS_ACCOUNT_SELECTION',
  back: () => 'log-in',

  screen(simulation, dialog) {
    const { world } = simulation;
    const owned = ownedBy(world, dialog);
    const chosen = dialog.typed['business'] ?? preselected(world, dialog, owned);
    const nameIsWrong = dialog.problem !== undefined && chosen === NEW;
    return questionPage(simulation, dialog, {
      name: 'business',
      title: 'Choose your business',
      intro: 'The WhatsApp account will belong to this business portfolio.',
      proceed: 'Continue',
      canGoBack: true,
      fields: html`<fieldset>
          <legend>Business portfolio</legend>
          ${owned.map(({ id, name: label }) =>
            choice({
              name: 'business',
              value: id,
              label,
              detail: `ID ${id}`,
              checked: chosen === id,
              focused: chosen === id,
            }),
          )}
          ${choice({
            name: 'business',
            value: NEW,
            label: 'Create a new business portfolio',
            detail: 'It needs a name only.',
            checked: chosen === NEW,
            focused: chosen === NEW && !nameIsWrong,
          })}
        </fieldset>
        <div class="revealed-by-new">
          ${nameField(dialog, nameIsWrong)} ${detailsOf(dialog).map((detail) => detailField(detail, dialog))}
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
      dialog.businessDetails = Object.fromEntries(
        detailsOf(dialog).map((detail) => [detail.name, (form[detail.name] ?? detail.value).trim()]),
      );
    }
    dialog.step = afterBusiness(dialog);
  },
};

function ownedBy(world: World, { person }: Dialog): Business[] {
  return (person?.businessIds ?? []).flatMap((id) => world.businesses.get(id) ?? []);
}

/** A portfolio of somebody else is ignored, unless the page also gave all that a new one needs (pre-filled data page). */
function describesNew({ launch: { prefill } }: Dialog): boolean {
  return prefill.businessId === undefined || prefill.describesBusiness;
}

function detailsOf(dialog: Dialog): readonly BusinessDetail[] {
  return describesNew(dialog) ? dialog.launch.prefill.businessDetails : [];
}

/** A pre-filled portfolio the person owns, by id, by account or by equal name; or else a pre-filled name as a new one. */
function preselected(world: World, dialog: Dialog, owned: readonly Business[]): string {
  const { business: earlier } = dialog;
  const { businessId, businessName } = dialog.launch.prefill;
  if (earlier !== undefined) return earlier.kind === 'existing' ? earlier.id : NEW;
  const byId = owned.find(({ id }) => id === businessId);
  if (byId !== undefined) return byId.id;
  const owners = new Set(prefilledAccounts(world, dialog).map(({ ownerBusinessId }) => ownerBusinessId));
  const byAccount = owned.find(({ id }) => owners.has(id));
  if (byAccount !== undefined) return byAccount.id;
  if (businessName === undefined || !describesNew(dialog)) return owned[0]?.id ?? NEW;
  return owned.find(({ name }) => name === businessName)?.id ?? NEW;
}

function nameField(dialog: Dialog, isWrong: boolean): Html {
  const { typed, launch, business: earlier } = dialog;
  const known = earlier?.kind === 'new' ? earlier.name : undefined;
  const given = describesNew(dialog) ? launch.prefill.businessName : undefined;
  return html`<label for="businessName">Business name</label>
    <input
      id="businessName"
      name="businessName"
      value="${typed['businessName'] ?? known ?? given}"
      autocomplete="organization"
      ${isWrong && html`aria-invalid="true" aria-describedby="problem" autofocus`}
    />`;
}

function detailField({ name, label, value }: BusinessDetail, { typed, businessDetails }: Dialog): Html {
  return html`<label for="detail-${name}">${label}</label>
    <input id="detail-${name}" name="${name}" value="${typed[name] ?? businessDetails[name] ?? value}" />`;
}
