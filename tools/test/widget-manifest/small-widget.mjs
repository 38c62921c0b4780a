// A widget with one or two of everything, documented as it should be. Tests break it in one place at a time.

/** @type {Record<string, string>} */
export const smallWidget = {
  '.prettierrc.json': '{ "singleQuote": true, "printWidth": 110 }',
  'packages/widget/package.json': JSON.stringify({
    exports: { '.': { default: './dist/index.js' }, './element': { default: './dist/element.js' } },
  }),
  'packages/widget/src/element.ts': `
declare global {
  interface HTMLElementTagNameMap {
    'embedded-signup': EmbeddedSignupElement;
  }
}`,
  'packages/widget/src/embedded-signup-element.ts': `
/**
 * Opens the window.
 *
 * For those who read the source.
 *
 * @fires {SignupReadyEvent} signup-ready
 * @fires {SignupErrorEvent} signup-error
 * @csspart card - All of it.
 * @csspart button - The button.
 * @csspart done - A step
 *   that is behind.
 * @csspart form - The form.
 * @csspart send - Its button.
 * @csspart quiet - A button that is not the main one.
 * @slot heading - In place of the heading.
 * @slot - What else the page has to say.
 * @cssprop --embedded-signup-accent - Colour of the button.
 * @cssprop --embedded-signup-font - Font.
 */
export class EmbeddedSignupElement extends Base {
  static readonly observedAttributes = ['server', 'first-country'];
  /** Where the server is. */
  declare server: string | undefined;
  /**
   * Numbers of it first: \`a | b\`.
   * @default 'de'
   */
  declare firstCountry: string | undefined;
  /** Sends requests. */
  declare fetch: typeof globalThis.fetch | undefined;
  #hidden = 1;
  private old = 2;
  constructor() { super(); }
  /** Where it stands. */
  get status(): WidgetStatus { return 'ready'; }
  connectedCallback(): void {}
}`,
  'packages/widget/src/events/signup-events.ts': `
class SignupEvent extends Event {}
/** The button can be pressed. */
export class SignupReadyEvent extends SignupEvent {
  /** Those held. */
  declare readonly numbers: readonly string[];
}
/** Something did not work. */
export class SignupErrorEvent extends SignupEvent {
  declare readonly problem: SignupProblem;
}
export interface SignupEventMap {
  'signup-ready': SignupReadyEvent;
  'signup-error': SignupErrorEvent;
}`,
  'packages/widget/src/status.ts': `
export const widgetStatuses = [
  /** A press opens the window. */
  'ready',
  /** It did not work. */
  'failed',
] as const;
export const claimStatusTable: Readonly<Record<ClaimStatus, WidgetStatus>> = { ended: 'failed', rejected: 'failed' };`,
  'packages/widget/src/launch/signup-problem.ts': `
import type { ProblemCode } from '@embedded-signup-kit/protocol';
import type { SdkFailure } from '../facebook/load-sdk.ts';
export type PageCode =
  /**
   * No answer.
   * @helps Press again.
   */
  | 'server_unreachable'
  /**
   * No window.
   * @helps Allow it.
   */
  | 'popup_blocked';
export type SignupErrorCode = PageCode | SdkFailure | ProblemCode;`,
  'packages/widget/src/facebook/load-sdk.ts': `
export type SdkFailure =
  /**
   * No SDK.
   * @helps Look at the network.
   */
  'sdk_blocked';`,
  'packages/widget/src/view/button.ts': `
export const button = (part: string, text: unknown) => html\`<button part=\${part}>\${text}</button>\`;`,
  'packages/widget/src/view/draw.ts': `
import { button } from './button.ts';
const piece = (name: string, shown: unknown) => html\`<slot name=\${name}>\${shown}</slot>\`;
export function draw(done: boolean) {
  const quiet = (yes: boolean) => (yes ? ' quiet' : '');
  return html\`<div part="card \${done ? 'done' : ''}">
    \${piece('heading', html\`<b>Hello</b>\`)}
    \${button('button' + quiet(done), 'Go')}
    <slot></slot>
  </div>\`;
}`,
  'packages/widget/src/view/form.ts': `
export const form = ({ html, button }: Kit) => html\`<form part="form">\${button('send', 'Send')}</form>\`;`,
  'packages/widget/src/view/styles.ts': `
/** Not a use: --embedded-signup-comment. */
export const styles = \`
  button { color: var(--embedded-signup-accent, light-dark(#000, rgb(1 2 3))); }
  b { color: var(--embedded-signup-accent, light-dark(#000, rgb(1 2 3))); font: var(--embedded-signup-font); }
\`;`,
  'docs/widget.md': ['attributes', 'events', 'states', 'parts', 'slots', 'custom-properties', 'codes']
    .map((name) => `## ${name}\n\n<!-- generated: ${name} -->\n<!-- /generated -->\n\nProse   of ${name}.\n`)
    .join('\n'),
};
