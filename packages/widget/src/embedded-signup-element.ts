import type { Prefill } from '@embedded-signup-kit/protocol';
import { eventsOf } from './events/events-of.ts';
import { labelsFor } from './labels/labels-for.ts';
import type { LabelOverrides } from './labels/labels-for.ts';
import { createSignup } from './launch/create-signup.ts';
import type { SessionWish, Signup } from './launch/create-signup.ts';
import { initialState } from './launch/signup-state.ts';
import type { SignupState } from './launch/signup-state.ts';
import type { WidgetStatus } from './status.ts';
import { draw } from './view/draw.ts';
import { styles } from './view/styles.ts';

/** Without a server there is nothing to run, and the page's engineer has to see why. */
const withoutServer: SignupState = {
  ...initialState,
  status: 'unavailable',
  problem: { code: 'server_missing' },
};

// On a server the module can be imported; there the class is never made.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<embedded-signup server="/signup">`: opens Meta's Embedded Signup with the numbers held for this customer, and
 * follows the claim until the number is registered.
 *
 * The templates are Lit's. Its base class is left out: with it, the CDN file would have 12.4 kB and not 10.
 */
export class EmbeddedSignupElement extends Base {
  static readonly observedAttributes = ['server', 'locale', 'country'];

  /** The path, or the address, where the host mounted the signup server. Also an attribute. */
  declare server: string | undefined;
  /** The language of the texts; one that is not there falls back to English. Also an attribute. */
  declare locale: string | undefined;
  /** A wish: numbers of this country first. ISO 3166-1 alpha-2. Also an attribute. */
  declare country: string | undefined;
  /** Texts for the forms in Meta's window. */
  declare prefill: Prefill | undefined;
  /** Texts of the page's own. */
  declare labels: LabelOverrides | undefined;
  /** Sends the requests to the signup server, for a page that adds headers of its own. */
  declare fetch: typeof globalThis.fetch | undefined;

  #signup: Signup | undefined;
  /** What the running signup was started with, and what it asked for last. */
  #startedWith: string | undefined;
  #asked = '';
  #settling = false;
  readonly #root = this.attachShadow({ mode: 'open' });
  // Older browsers have no custom states, or want names with dashes: they lose a styling hook, nothing else.
  readonly #states: Set<string> | undefined = this.attachInternals?.().states;

  constructor() {
    super();
    // Made by a constructor, which even a strict Content-Security-Policy allows.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.#root.adoptedStyleSheets = [sheet];
    for (const name of ['server', 'locale', 'country', 'prefill', 'labels', 'fetch'] as const) {
      // Perhaps set by the page before the tag was registered.
      let value: unknown = this[name];
      Object.defineProperty(this, name, {
        get: () => value,
        set: (given: unknown) => {
          value = given;
          this.#settleSoon();
        },
      });
    }
    for (const type of ['pointerenter', 'focusin']) {
      this.addEventListener(type, () => this.#signup?.dispatch({ type: 'visit' }));
    }
  }

  /** Where the signup stands. Also a custom state: `embedded-signup:state(ready)`. */
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

  get #wish(): SessionWish {
    return { prefill: this.prefill, country: this.country || undefined };
  }

  get #state(): SignupState {
    return this.#signup?.state() ?? (this.server ? initialState : withoutServer);
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
    const { server } = this;
    if (!this.isConnected || server !== this.#startedWith) {
      this.#signup?.stop();
      this.#signup = undefined;
    }
    if (!this.isConnected) return;
    const asked = JSON.stringify(this.#wish);
    if (!this.#signup && server) {
      this.#startedWith = server;
      this.#signup = createSignup({
        fetch: (...request) => (this.fetch ?? globalThis.fetch)(...request),
        server,
        wish: () => this.#wish,
        changed: (after, before) => {
          for (const event of eventsOf(after, before)) this.dispatchEvent(event);
          this.#settleSoon();
        },
      });
    } else if (asked !== this.#asked) this.#signup?.dispatch({ type: 'wish' });
    this.#asked = asked;
    this.#draw();
  }

  #draw(): void {
    const focused = this.#root.activeElement;
    try {
      this.#states?.clear();
      this.#states?.add(this.status);
    } catch {
      // See above.
    }
    draw(this.#root, this.#state, labelsFor(this.locale ?? 'en', this.labels), () =>
      this.#signup?.dispatch({ type: 'press' }),
    );
    // The button comes and goes with what can be done; who was on it must not be thrown back to the page's top.
    if (focused && !focused.isConnected) this.#root.querySelector('div')?.focus();
  }
}
