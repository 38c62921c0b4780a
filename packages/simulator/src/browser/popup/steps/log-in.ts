import { html } from '../html.ts';
import { choice, questionPage } from '../layout.ts';
import type { Step } from '../step.ts';

/** Who is signing up: one of the simulated people. */
export const logIn: Step = {
  currentStep: 'BUSINESS_ACCOUNT_SELECTION',

  screen({ world }, dialog) {
    const people = [...world.people.values()];
    const chosen = dialog.person?.key ?? people[0]?.key;
    return questionPage({
      name: 'log-in',
      title: 'Log in',
      position: 1,
      intro: 'Connect a business to WhatsApp. Choose who you are; no password is asked.',
      dialog,
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
