import { prefillOf } from '../customers.ts';
import type { Visitor } from '../visitor.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

/** The customer's page: what will happen, the element that does it, and the numbers they have. */
export function onboardingPage(visitor: Extract<Visitor, { role: 'customer' }>): Html {
  const { customer } = visitor;
  const content = html`<div class="onboarding">
    <section class="intro">
      <p class="kicker">Welcome aboard</p>
      <h1>Bring ${customer.name} to WhatsApp</h1>
      <p class="lead">
        Three steps, about two minutes. You keep this page open; Meta opens in a window of its own.
      </p>
      <ol class="steps">
        <li>
          <h2>Log in with Meta</h2>
          <p>Use the Facebook account that manages your business. We never see its password.</p>
        </li>
        <li>
          <h2>Take the number we set aside</h2>
          <p>
            It is verified already, so nobody calls you with a code. You may also bring a number of your own.
          </p>
        </li>
        <li>
          <h2>Press Finish</h2>
          <p>We register the number for you, and this page tells you when it is ready for messages.</p>
        </li>
      </ol>
    </section>
    <section class="signup" aria-label="Sign up">
      <embedded-signup
        server="/signup"
        locale="en"
        data-prefill="${JSON.stringify(prefillOf(customer))}"
      ></embedded-signup>
      <noscript
        ><p class="problem">Signing up needs JavaScript. Please switch it on for this page.</p></noscript
      >
      <p class="small">Meta gets your business name, e-mail and website, so that you need not type them.</p>
    </section>
    <section class="mine" aria-labelledby="mine-title">
      <h2 id="mine-title">Your numbers</h2>
      <ul id="my-claims" class="claims" aria-live="polite"></ul>
      <p id="no-claims" class="empty">None yet. Your first number will appear here.</p>
    </section>
    <details class="engineers">
      <summary>For engineers: events of the element</summary>
      <p class="small">
        What <code>&lt;embedded-signup&gt;</code> told this page. No event carries a code or a token.
      </p>
      <ol id="event-log" class="event-log"></ol>
    </details>
  </div>`;
  return layout({
    title: `Bring ${customer.name} to WhatsApp`,
    content,
    visitor,
    // The first one sets the element's properties, so it comes before the element's own.
    scripts: ['onboarding.js', 'embedded-signup.js'],
  });
}
