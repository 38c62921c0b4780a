import type { Prefill } from '@embedded-signup-kit/protocol';
import { createSpeech } from './labels/create-speech.ts';
import { labelsFor } from './labels/labels-for.ts';
import type { LabelOverrides } from './labels/labels-for.ts';
import { directionOf } from './labels/load-language.ts';
import type { SessionWish, Signup } from './launch/create-signup.ts';
import type { SignupEvent } from './launch/signup-state.ts';
import { loadEngine } from './load-engine.ts';
import type { Engine } from './load-engine.ts';
import { makeReactive } from './make-reactive.ts';
import { setCustomState } from './set-custom-state.ts';
import type { WidgetStatus } from './status.ts';
import { adoptStyles } from './view/adopt-styles.ts';
import { draw } from './view/draw.ts';
import { begun, broken, errorOf, patience, textOf } from './without-engine.ts';

// On a server the module can be imported; there the class is never made.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<embedded-signup server="/signup">`: opens Meta's Embedded Signup with the numbers held for this customer, and
 * follows the claim until the number is registered.
 *
 * This is the shell; what happens is the engine's. Lit's base class is left out: the file would be a third larger.
 *
 * @fires {SignupReadyEvent} signup-ready
 * @fires {SignupLaunchEvent} signup-launch
 * @fires {SignupStepEvent} signup-step
 * @fires {SignupClaimEvent} signup-claim
 * @fires {SignupRegisteredEvent} signup-registered
 * @fires {SignupCancelEvent} signup-cancel
 * @fires {SignupErrorEvent} signup-error
 *
 * @csspart card - All of it.
 * @csspart heading - The heading.
 * @csspart picker - The choice among several held numbers.
 * @csspart picker-label - What stands above it.
 * @csspart option - One number to choose.
 * @csspart radio - Its radio button.
 * @csspart number - The box with the number.
 * @csspart number-label - What stands before the number.
 * @csspart number-value - A number, as Meta prints it.
 * @csspart coach - What to do in Meta's window, while it is open.
 * @csspart coach-label - What stands above that.
 * @csspart coach-steps - The list below it.
 * @csspart coach-step - One thing to do there.
 * @csspart hint - What will be to do in Meta's window, before it is open.
 * @csspart steps - The way to a number in service, a list.
 * @csspart step - One of the steps.
 * @csspart done - A step that is behind; it is `step` as well.
 * @csspart status - The line with the spinner and the message.
 * @csspart trouble - The same line when something failed; it is `status` as well.
 * @csspart success - The same line when the number is in service; it is `status` as well.
 * @csspart spinner - Turns while something is under way.
 * @csspart message - The sentence that is also read out.
 * @csspart verification - The form for the code that Meta wants.
 * @csspart send - A button that has a code sent.
 * @csspart code-label - The field for the code, with its label.
 * @csspart code - The field itself.
 * @csspart confirm - The button that hands the code in.
 * @csspart secondary - A button of that form that is not the next thing to press; it is `send` or `confirm` as well.
 * @csspart reference - The line with what to quote when asking for help.
 * @csspart reference-code - What to quote.
 * @csspart button - The button.
 *
 * @slot heading - In place of the heading.
 * @slot picker - In place of the choice among several held numbers.
 * @slot number - In place of the box with the number.
 * @slot coach - In place of what to do in Meta's window, while it is open.
 * @slot hint - In place of what will be to do there, before it is open.
 * @slot steps - In place of the list of steps.
 * @slot verification - In place of the form for the code.
 * @slot reference - In place of what to quote when asking for help.
 * @slot button - The button's text.
 * @slot footer - Below everything; empty by itself.
 *
 * @cssprop --embedded-signup-accent - Colour of the button, and of steps that are done.
 * @cssprop --embedded-signup-on-accent - Colour of the text on it.
 * @cssprop --embedded-signup-surface - Background of the card.
 * @cssprop --embedded-signup-text - Colour of the text.
 * @cssprop --embedded-signup-trouble - Colour of the message when something failed.
 * @cssprop --embedded-signup-radius - Roundness of card, number and button.
 * @cssprop --embedded-signup-font - Font of all of it, as in the property `font`.
 */
export class EmbeddedSignupElement extends Base {
  static readonly observedAttributes = ['server', 'locale', 'country'];

  /** The path, or the address, where the host mounted the signup server. Without it the element is `unavailable`. */
  declare server: string | undefined;
  /**
   * The language of the texts; one that is not there falls back to English.
   * @default 'en'
   */
  declare locale: string | undefined;
  /** A wish: numbers of this country first. ISO 3166-1 alpha-2. */
  declare country: string | undefined;
  /** Texts for the forms in Meta's window; the customer can change them. */
  declare prefill: Prefill | undefined;
  /** Texts of the page's own, by name. Any status or error code can be given a text. */
  declare labels: LabelOverrides | undefined;
  /**
   * Sends the requests to the signup server, for a page that adds headers of its own.
   * @default globalThis.fetch
   */
  declare fetch: typeof globalThis.fetch | undefined;

  #state = begun;
  #signup: Signup | undefined;
  /** The server that the running signup, or the one being loaded, was started with. */
  #startedWith: string | undefined;
  #asked = '';
  #settling = false;
  readonly #wish = (): SessionWish => ({ prefill: this.prefill, country: this.country || undefined });
  readonly #speech = createSpeech(() => this.#draw());
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #states: Set<string> | undefined = this.attachInternals?.().states;

  constructor() {
    super();
    adoptStyles(this.#root);
    makeReactive(this, ['server', 'locale', 'country', 'prefill', 'labels', 'fetch'], () =>
      this.#settleSoon(),
    );
    for (const type of ['pointerenter', 'focusin']) {
      this.addEventListener(type, () => this.#act({ type: 'visit' }));
    }
  }

  /**
   * Where the signup stands. Also a custom state: `embedded-signup:state(ready)`.
   * @default 'loading'
   */
  get status(): WidgetStatus {
    return this.#state.status;
  }

  connectedCallback(): void {
    this.#settleSoon();
  }

  disconnectedCallback(): void {
    this.#settleSoon();
  }

  attributeChangedCallback(name: 'server' | 'locale' | 'country', _: unknown, value: string | null): void {
    this[name] = value ?? undefined;
  }

  /** Once for all that changes together. So an element that is only moved to another place keeps its popup. */
  #settleSoon(): void {
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      this.#settle();
    });
  }

  #settle(): void {
    const { server, isConnected } = this;
    if (!isConnected || server !== this.#startedWith) {
      this.#signup?.stop();
      this.#signup = this.#startedWith = undefined;
      this.#state = begun;
    }
    if (!isConnected) return;
    const asked = textOf(this.#wish());
    if (!server) this.#state = broken('server_missing');
    else if (!this.#startedWith) this.#start(server);
    else if (asked !== this.#asked) this.#signup?.dispatch({ type: 'wish' });
    this.#asked = asked;
    void this.#speech.speak(this.locale ?? 'en', Boolean(this.labels));
    this.#draw();
  }

  #start(server: string): void {
    this.#startedWith = server;
    const start = (engine?: Engine) => {
      // Removed meanwhile, or started anew.
      if (this.#startedWith !== server || this.#signup) return;
      if (!engine) {
        this.#state = { ...broken('part_missing'), action: 'retry' };
        this.dispatchEvent(errorOf(this.#state));
        return this.#draw();
      }
      this.#signup = engine.createSignup({
        fetch: (...request) => (this.fetch ?? globalThis.fetch)(...request),
        server,
        wish: this.#wish,
        locale: () => this.locale,
        changed: (state, events) => {
          this.#state = state;
          for (const event of events) this.dispatchEvent(event);
          this.#settleSoon();
        },
      });
    };
    const timer = setTimeout(start, patience);
    void loadEngine(start).then(() => clearTimeout(timer));
  }

  #act(event: SignupEvent): void {
    if (this.#signup) this.#signup.dispatch(event);
    else if (this.#state.action) {
      this.#startedWith = undefined;
      this.#state = begun;
      this.#settleSoon();
    }
  }

  #draw(): void {
    const { texts, language } = this.#speech;
    if (!texts) return;
    setCustomState(this.#states, this.status);
    const say = labelsFor(texts, this.labels);
    draw(this.#root, this.#state, say, directionOf(language), (event) => this.#act(event));
    const card = this.#root.querySelector('div');
    if (card) card.lang = language;
  }
}
