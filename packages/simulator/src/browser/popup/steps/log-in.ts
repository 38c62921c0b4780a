import { html } from '../page/html.ts';
import { choice } from '../page/layout.ts';
import { questionPage } from '../page/question-page.ts';
import type { Step } from '../step.ts';

/** Who is signing up: one of the simulated people. */
export const logIn: Step = {
  currentStep: 'BUSINESS_ACCOUNT_SELECTION',

  screen(simulation, dialog) {
    const { world } = simulation;
    const people = [...world.people.values()];
    const chosen = dialog.typed['person'] ?? dialog.person?.key ?? people[0]?.key;
    return questionPage(simulation, dialog, {
      name: 'log-in',
      title: 'Log in',
      intro: 'Connect a business to WhatsApp. Choose who you are; no password is asked.',
      proceed: 'Continue',
      canGoBack: false,
      fields: html`<fieldset>
        <legend>Log in as</legend>
        ${people.map(({ key, name, businessIds }) =>
          choice({
            name: 'person',
            value: key,
            label: name,
            detail:
              businessIds.map((id) => world.businesses.get(id)?.name ?? id).join(', ') || 'No business yet',
            checked: key === chosen,
            focused: key === chosen,
          }),
        )}
      </fieldset>`,
    });
  },

  submit({ world }, dialog, form) {
    const person = world.people.get(form['person'] ?? '');
    if (person === undefined) {
      dialog.problem = 'Choose who you are.';
      return;
    }
    if (person !== dialog.person) dialog.business = undefined;
    dialog.person = person;
    dialog.step = 'business';
  },
};
