import { english } from '../../src/labels/english.ts';
import { labelsFor } from '../../src/labels/labels-for.ts';
import type { Say } from '../../src/labels/labels-for.ts';
import type { SignupEvent, SignupState } from '../../src/launch/signup-state.ts';
import { draw } from '../../src/view/draw.ts';

/** A card in the document, drawn from state to state, and what it asked for. */
export function createCard(say: Say = labelsFor(english)) {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  const acts: SignupEvent[] = [];
  const part = (name: string) => root.querySelector<HTMLElement>(`[part~="${name}"]`);
  const plain = (text = '') => text.replaceAll(/\s+/g, ' ').trim();
  return {
    root,
    acts,
    show: (state: SignupState, direction: 'ltr' | 'rtl' = 'ltr') =>
      draw(root, state, say, direction, (event) => acts.push(event)),
    part,
    text: (name: string) => plain(part(name)?.textContent),
    texts: (name: string) =>
      [...root.querySelectorAll(`[part~="${name}"]`)].map((one) => plain(one.textContent)),
    radios: () => [...root.querySelectorAll<HTMLInputElement>('[part=radio]')],
  };
}

/** Waits for the pieces that come as a file of their own. */
export async function loadPieces(): Promise<void> {
  createCard().show({ status: 'loading', goodUntil: 0, sending: 0 });
  await import('../../src/view/extra.ts');
  await Promise.resolve();
}
