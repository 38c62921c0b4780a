import { demoCustomers } from '../customers.ts';
import { staffAccount } from '../visitor.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

/** What the log-in page shows. */
export interface LogInView {
  /** The password, when everybody may know it. */
  hint: string | undefined;
  /** The account that was chosen before. */
  account?: string;
  problem?: string;
}

/** The first page: what Harbor does, and the log-in. */
export function logInPage({ hint, account = demoCustomers[0]?.id, problem }: LogInView): Html {
  const choice = (id: string, name: string, detail: string) =>
    html`<label class="choice">
      <input type="radio" name="account" value="${id}" required ${id === account && html`checked`} />
      <span class="choice-name">${name}</span>
      <span class="choice-detail">${detail}</span>
    </label>`;

  const content = html`<div class="welcome">
    <section class="pitch">
      <h1>Your customers are on WhatsApp. Now you are, too.</h1>
      <p>
        Harbor Messaging connects your business in a few minutes, with a phone number that is verified
        already. No new SIM card, no waiting for a code.
      </p>
      <ul class="promises">
        <li>A verified number, set aside for you</li>
        <li>Your WhatsApp account stays yours</li>
        <li>Ready for messages when Meta’s window closes</li>
      </ul>
    </section>
    <form class="card log-in" method="post" action="/log-in">
      <h2>Log in</h2>
      ${problem !== undefined && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
      <fieldset>
        <legend>Who are you?</legend>
        ${demoCustomers.map(({ id, name, trade }) => choice(id, name, trade))}
        ${choice(staffAccount, 'Harbor staff', 'Sees all numbers and claims')}
      </fieldset>
      <label class="field-name" for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        ${problem !== undefined && html`aria-invalid="true" autofocus`}
        ${described(hint, problem)}
      />
      ${
        hint !== undefined &&
        html`<p class="hint" id="password-hint">This is a demo: every password is <code>${hint}</code>.</p>`
      }
      <button class="button">Log in</button>
    </form>
  </div>`;
  return layout({ title: 'Log in', content, look: 'front' });
}

function described(hint: string | undefined, problem: string | undefined): Html | undefined {
  const ids = [problem !== undefined && 'problem', hint !== undefined && 'password-hint'].filter(Boolean);
  return ids.length === 0 ? undefined : html`aria-describedby="${ids.join(' ')}"`;
}
