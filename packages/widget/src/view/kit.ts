import type { html } from 'lit/html.js';
import type { Say } from '../labels/labels-for.ts';
import type { SignupEvent } from '../launch/signup-state.ts';
import type { button } from './button.ts';
import type { withNumber } from './wording.ts';

/**
 * What the pieces in `extra.ts` are drawn with. They are handed it, and import nothing: on a CDN they are a file of their
 * own, which must not bring a second copy of Lit along.
 */
export interface Kit {
  html: typeof html;
  nothing: unknown;
  button: typeof button;
  withNumber: typeof withNumber;
  say: Say;
  act: (event: SignupEvent) => void;
}
