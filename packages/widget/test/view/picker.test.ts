// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { first, second, states } from '../chromium-view/gallery/states.ts';
import { createCard, loadPieces } from './draw-card.ts';

const several = states['ready, with several numbers'];

beforeAll(loadPieces);
beforeEach(() => document.body.replaceChildren());

describe('the picker', () => {
  it('is a group of native radio buttons with a legend, each named by its number', () => {
    const card = createCard();
    card.show(several);
    expect(card.part('picker')?.tagName).toBe('FIELDSET');
    expect(card.root.querySelector('fieldset > legend')?.textContent).toBe('Which number would you like?');
    expect(card.radios().map((radio) => [radio.type, radio.name])).toEqual(
      card.radios().map(() => ['radio', 'number']),
    );
    expect(card.radios()).toHaveLength(3);
    expect(card.texts('option')).toEqual(['+1 415-555-0176', '+44 20 7946 0958', '+49 30 23125678']);
  });

  it('has the first number chosen until the customer picks, and says which one was picked', () => {
    const card = createCard();
    card.show({ ...several, picked: undefined });
    expect(card.radios().map((radio) => radio.checked)).toEqual([true, false, false]);
    card.radios()[1]?.click();
    expect(card.acts).toEqual([{ type: 'pick', id: second.id }]);
    card.show({ ...several, picked: second.id });
    expect(card.radios().map((radio) => radio.checked)).toEqual([false, true, false]);
    expect(card.text('hint')).toContain(`choose ${second.displayPhoneNumber}.`);
    expect(card.text('hint')).not.toContain(first.displayPhoneNumber);
  });

  it('goes back to the first when the picked number is no longer held', () => {
    const card = createCard();
    card.show({ ...several, picked: undefined });
    card.radios()[1]?.click();
    card.show(several);
    card.show({ ...several, picked: 'of an earlier session' });
    expect(card.radios().map((radio) => radio.checked)).toEqual([true, false, false]);
    expect(card.text('hint')).toContain(first.displayPhoneNumber);
  });

  it('stays, with the focus, while the session is renewed', () => {
    const card = createCard();
    card.show(several);
    const [radio] = card.radios();
    radio?.focus();
    card.show({ ...several, status: 'loading', action: undefined });
    expect(card.root.activeElement).toBe(radio);
  });

  it('is not there for one number, with the window open, or once a number is claimed', () => {
    const card = createCard();
    for (const state of [
      states.ready,
      { ...several, status: 'launching' as const },
      { ...several, status: 'in-popup' as const },
      { ...states.rejected, session: several.session },
    ]) {
      card.show(state);
      expect(card.part('picker')).toBeNull();
    }
  });
});
