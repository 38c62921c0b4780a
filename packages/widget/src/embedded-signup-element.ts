import type { Prefill } from '@embedded-signup-kit/protocol';
import { english } from './labels/english.ts';
import { labelsFor } from './labels/labels-for.ts';
import type { LabelOverrides, Labels } from './labels/labels-for.ts';
import { directionOf, loadLanguage } from './labels/load-language.ts';
import type { SessionWish, Signup } from './launch/create-signup.ts';
import type { SignupEvent, SignupState } from './launch/signup-state.ts';
import { loadEngine } from './load-engine.ts';
import type { WidgetStatus } from './status.ts';
import { draw } from './view/draw.ts';
import { styles } from './view/styles.ts';

const begun: SignupState = { status: 'loading', goodUntil: 0, sending: 0 };
const broken = (code: 'server_missing' | 'part_missing'): SignupState => ({
  ...begun,
  status: 'unavailable',
  problem: { code },
});

// On a server the module can be imported; there the class is never made.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<embedded-signup server="/signup">`: opens Meta's Embedded Signup with the numbers held for this customer, and
 * follows the claim until the number is registered.
 *
 * This is the shell: what is seen. What happens is the engine's, which is loaded beside it. The templates are Lit's. Its
 * base class is left out: with it, the file would be a third larger.
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

  #state = begun;
  #signup: Signup | undefined;
  /** The server that the running signup, or the one being loaded, was started with. */
  #startedWith: string | undefined;
  #asked = '';
  #settling = false;
  #wanted: string | undefined;
  /** What is spoken, and in which language: English, where the wanted one cannot be had. */
  #texts: Labels | undefined;
  #language = 'en';
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
      this.addEventListener(type, () => this.#act({ type: 'visit' }));
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
    const asked = JSON.stringify(this.#wish);
    if (!server) this.#state = broken('server_missing');
    else if (!this.#startedWith) void this.#start(server);
    else if (asked !== this.#asked) this.#signup?.dispatch({ type: 'wish' });
    this.#asked = asked;
    void this.#speak(this.locale ?? 'en');
    this.#draw();
  }

  async #start(server: string): Promise<void> {
    this.#startedWith = server;
    const engine = await loadEngine().catch(() => undefined);
    // Removed meanwhile, or started anew.
    if (this.#startedWith !== server || this.#signup) return;
    if (!engine) {
      this.#state = { ...broken('part_missing'), action: 'retry' };
      return this.#draw();
    }
    this.#signup = engine.createSignup({
      fetch: (...request) => (this.fetch ?? globalThis.fetch)(...request),
      server,
      wish: () => this.#wish,
      locale: () => this.locale,
      changed: (state, events) => {
        this.#state = state;
        for (const event of events) this.dispatchEvent(event);
        this.#settleSoon();
      },
    });
  }

  #act(event: SignupEvent): void {
    if (this.#signup) this.#signup.dispatch(event);
    else if (this.#state.action) {
      this.#startedWith = undefined;
      this.#state = begun;
      this.#settleSoon();
    }
  }

  /** Gets the texts of a language; until they are there, what is on the screen stays. */
  async #speak(locale: string): Promise<void> {
    if (locale === this.#wanted) return;
    this.#wanted = locale;
    const loading = loadLanguage(locale);
    const texts = loading && (await loading.catch(() => undefined));
    // Another one was asked for meanwhile.
    if (locale !== this.#wanted) return;
    this.#texts = texts ?? english;
    // A language that only the page's own labels speak is theirs.
    this.#language = texts || (!loading && this.labels) ? locale : 'en';
    this.#draw();
  }

  #draw(): void {
    if (!this.#texts) return;
    const focused = this.#root.activeElement;
    try {
      this.#states?.clear();
      this.#states?.add(this.status);
    } catch {
      // See above.
    }
    const say = labelsFor(this.#texts, this.labels);
    draw(this.#root, this.#state, say, directionOf(this.#language), (event) => this.#act(event));
    // The button comes and goes with what can be done; who was on it must not be thrown back to the page's top.
    if (focused && !focused.isConnected) this.#root.querySelector('div')?.focus();
  }
}
