import { eventsOf } from './events/events-of.ts';
import { labelsFor } from './labels/labels-for.ts';
import type { LabelOverrides } from './labels/labels-for.ts';
import { createSignup } from './launch/create-signup.ts';
import type { Signup } from './launch/create-signup.ts';
import { browserDeps } from './launch/signup-deps.ts';
import { initialState } from './launch/signup-state.ts';
import type { SignupState } from './launch/signup-state.ts';
import type { Prefill } from './prefill.ts';
import type { WidgetStatus } from './status.ts';
import { draw } from './view/draw.ts';
import { createStateMirror } from './view/state-mirror.ts';
import { styles } from './view/styles.ts';

/** Without a server there is nothing to run, and the page's engineer has to see why. */
const withoutServer: SignupState = {
  ...initialState,
  status: 'unavailable',
  problem: { code: 'server_missing' },
};

// On a server the module can be imported; there the class is never made.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements, made by a constructor, which even a strict Content-Security-Policy allows. */
function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}

/**
 * `<embedded-signup server="/signup">`: opens Meta's Embedded Signup with the numbers held for this customer, and
 * follows the claim until the number is registered.
 *
 * The templates are Lit's; its base class is left out, since it would take a quarter of the size of the CDN file.
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
  #started: unknown[] = [];
  #wish = '';
  #settling = false;
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #mirror = createStateMirror(this);

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sharedSheet()];
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
    const { server, prefill, country, fetch } = this;
    const same = server === this.#started[0] && fetch === this.#started[1];
    if (this.#signup && !(this.isConnected && same)) {
      this.#signup.stop();
      this.#signup = undefined;
    }
    if (!this.isConnected) return;
    const wish = JSON.stringify([prefill, country]);
    const wishes = wish !== this.#wish;
    this.#wish = wish;
    if (this.#signup) {
      if (wishes) this.#signup.wishChanged();
    } else if (server) this.#start(server, fetch);
    this.#draw();
  }

  #start(server: string, fetch: typeof globalThis.fetch | undefined): void {
    this.#started = [server, fetch];
    this.#signup = createSignup({
      deps: browserDeps(window, fetch),
      loadLate: () => import('./launch/late-runners.ts'),
      server,
      wish: () => ({ prefill: this.prefill, country: this.country || undefined }),
      changed: (after, before) => {
        for (const event of eventsOf(after, before)) this.dispatchEvent(event);
        this.#settleSoon();
      },
    });
  }

  #draw(): void {
    const focused = this.#root.activeElement;
    this.#mirror(this.status);
    draw(this.#root, this.#state, labelsFor(this.locale ?? 'en', this.labels), () => this.#signup?.press());
    // The button comes and goes with what can be done; who was on it must not be thrown back to the page's top.
    if (focused && !focused.isConnected) this.#root.querySelector('div')?.focus();
  }
}
