// A page for tests and pictures: draws the card in any state, without a signup or a server behind it.
import { english } from '../../../src/labels/english.ts';
import { labelsFor } from '../../../src/labels/labels-for.ts';
import arabic from '../../../src/labels/languages/ar.ts';
import type { SignupEvent, SignupState } from '../../../src/launch/signup-state.ts';
import { draw } from '../../../src/view/draw.ts';
import { styles } from '../../../src/view/styles.ts';
import { states } from './states.ts';
import type { StateName } from './states.ts';

/** The direction of the texts; `rtl` shows them in Arabic. */
export type Direction = 'ltr' | 'rtl';

const sheetOf = (css: string) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};
const look = sheetOf(styles);
document.adoptedStyleSheets.push(
  sheetOf(`
    :root { color-scheme: light dark; background: light-dark(#f3f4f1, #1b1f1e); color: CanvasText; }
    body { margin: 1rem; }
    .wall { columns: 5 25rem; column-gap: 1.5rem; box-sizing: content-box; width: 131rem; padding: 1rem; }
    .row { display: flex; align-items: start; gap: 1.5rem; width: max-content; padding: 2rem; }
    .row signup-card { width: 24rem; }
    section { display: grid; gap: .5rem; break-inside: avoid; padding-bottom: 1.5rem; }
    .wall, .row { --embedded-signup-font: 1rem/1.5 'Liberation Sans', system-ui, sans-serif; }
    h1, h2 { margin: 0; font: .875rem/1.5 ui-monospace, monospace; }
  `),
);

class Card extends HTMLElement {
  readonly root = this.attachShadow({ mode: 'open' });
  constructor() {
    super();
    this.root.adoptedStyleSheets = [look];
  }
}
customElements.define('signup-card', Card);

const main = document.body.appendChild(document.createElement('main'));
const title = main.appendChild(document.createElement('h1'));
const place = main.appendChild(document.createElement('div'));
title.textContent = document.title;
const acts: SignupEvent[] = [];

function put(card: Card, state: SignupState, direction: Direction): void {
  const say = labelsFor(direction === 'rtl' ? arabic : english);
  draw(card.root, state, say, direction, (event) => acts.push(event));
}

/** What tests and the pictures' script call. */
export const gallery = {
  names: Object.keys(states) as StateName[],
  /** What the card asked for since the last look. */
  acts: (): SignupEvent[] => acts.splice(0),
  /** One card, which stays the same element from one call to the next. */
  show(name: StateName, direction: Direction, change: Partial<SignupState> = {}): void {
    document.documentElement.lang = direction === 'rtl' ? 'ar' : 'en';
    const here = place.firstElementChild;
    const card = here instanceof Card ? here : new Card();
    if (card !== here) place.replaceChildren(card);
    put(card, { ...states[name], ...change }, direction);
  },
  /** All states beside each other, each with its name. */
  showAll(direction: Direction): void {
    document.documentElement.lang = direction === 'rtl' ? 'ar' : 'en';
    place.className = 'wall';
    place.dir = direction;
    place.replaceChildren(
      ...gallery.names.map((name) => {
        const section = document.createElement('section');
        const heading = section.appendChild(document.createElement('h2'));
        heading.textContent = name;
        heading.dir = 'ltr';
        put(section.appendChild(new Card()), states[name], direction);
        return section;
      }),
    );
  },
  /** A few of them in a row, without names. */
  showRow(names: StateName[]): void {
    place.className = 'row';
    place.replaceChildren(
      ...names.map((name) => {
        const card = new Card();
        put(card, states[name], 'ltr');
        return card;
      }),
    );
  },
};

declare global {
  interface Window {
    gallery: typeof gallery;
  }
}
// A first card fetches the pieces that come later; everything after it is drawn at once.
put(new Card(), states.ready, 'ltr');
await import('../../../src/view/extra.ts');
setTimeout(() => (window.gallery = gallery));
