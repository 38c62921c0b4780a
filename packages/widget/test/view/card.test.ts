// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from '../../src/labels/english.ts';
import { first, second, states } from '../chromium-view/gallery/states.ts';
import type { StateName } from '../chromium-view/gallery/states.ts';
import { claimView } from '../fake-page.ts';
import { createCard, loadPieces } from './draw-card.ts';

const names = Object.keys(states) as StateName[];

beforeAll(loadPieces);
beforeEach(() => document.body.replaceChildren());

describe('the card, in every state', () => {
  it.each(names)('%s: has one live region with one sentence', (name) => {
    const card = createCard();
    card.show(states[name]);
    const live = card.root.querySelectorAll(
      '[role=status], [role=alert], [role=log], [role=timer], [aria-live], output',
    );
    expect(live).toHaveLength(1);
    expect(card.text('message')).not.toBe('');
    expect(card.root.querySelector('style, [style]')).toBeNull();
  });

  it.each(names)('%s: says nothing that is not among the labels', (name) => {
    const card = createCard((...asked) => `«${asked.find((one) => one && one in english) ?? ''}»`);
    card.show(states[name]);
    // What is no label: numbers, and the code to quote.
    for (const other of card.root.querySelectorAll('[dir=ltr]:not([part=card])')) other.textContent = '';
    // And the tick of a step that is done, which is read out in any language.
    expect(card.root.textContent.replaceAll(/«[\w-]+»|✓/g, '').trim()).toBe('');
    expect(card.part('card')?.getAttribute('aria-label')).toBe('«heading»');
  });

  it.each(['ltr', 'rtl'] as const)('has the direction of its texts: %s', (direction) => {
    const card = createCard();
    card.show(states.ready, direction);
    expect(card.part('card')?.getAttribute('dir')).toBe(direction);
    expect(card.part('number-value')?.getAttribute('dir')).toBe('ltr');
    expect(card.part('hint')?.querySelector('strong')?.getAttribute('dir')).toBe('ltr');
  });
});

describe('the sentence', () => {
  it.each([
    ['loading', english.loading],
    ['ready', english.ready],
    ['in the window', english['in-popup']],
    ['in a window that looks closed', english.closed],
    ['cancelled', english.cancelled],
    ['claiming', english.claiming],
    ['registering', english.registering],
    ['verifying', 'Meta needs a code for +1 415-555-0176 first.'],
    ['verifying, with a code sent', english.texted],
    ['verifying, at work', english.claiming],
    ['verifying, with a wrong code', english.code_refused],
    ['registered', english.registered],
    ['coexistence', english.coexistence],
    ['needs the operator', english.needs_operator],
    ['popup blocked', english.popup_blocked],
    ['opener cut', english.opener_cut],
    ['not signed in', english.unauthenticated],
    ['an unknown code', english.failed],
  ] as const)('%s: %s', (name, sentence) => {
    const card = createCard();
    card.show(states[name]);
    expect(card.text('message')).toBe(sentence);
  });

  it('is that of the claim when the reason has none, and of the reason when the page gave it one', () => {
    const card = createCard();
    const because = { ...states.rejected, problem: { code: 'number_of_a_stranger', reference: 'claim-1' } };
    card.show(because);
    expect(card.text('message')).toBe(english.rejected);
    const own = createCard((...asked) => (asked.includes('number_of_a_stranger') ? 'Not yours.' : '-'));
    own.show(because);
    expect(own.text('message')).toBe('Not yours.');
  });

  it('forgets a window that looked closed once something came out of it', () => {
    const card = createCard();
    card.show({ ...states.claiming, looksClosed: true });
    expect(card.text('message')).toBe(english.claiming);
  });

  it('says that something failed, when what failed with the code has no words', () => {
    const card = createCard();
    card.show({ ...states.verifying, verification: { sent: 'SMS', problem: { code: 'brand_new' } } });
    expect(card.text('message')).toBe(english.failed);
    expect(card.part('trouble')).not.toBeNull();
  });
});

describe('the pieces', () => {
  const all = [
    'number',
    'picker',
    'hint',
    'coach',
    'steps',
    'spinner',
    'verification',
    'reference',
    'button',
    'trouble',
    'success',
  ];
  it.each([
    ['loading', ['spinner', 'button']],
    ['ready', ['number', 'hint', 'button']],
    ['ready, with several numbers', ['picker', 'hint', 'button']],
    ['ready, without a number', ['hint', 'button']],
    ['launching', ['coach', 'spinner', 'button']],
    ['in the window', ['coach', 'button']],
    ['in a window that looks closed', ['coach', 'button']],
    ['cancelled', ['number', 'hint', 'button']],
    ['claiming, while it is handed in', ['steps', 'spinner']],
    ['claiming', ['number', 'steps', 'spinner']],
    ['registering', ['number', 'steps', 'spinner']],
    ['verifying', ['number', 'steps', 'verification']],
    ['verifying, at work', ['number', 'steps', 'spinner', 'verification']],
    ['verifying, with a wrong code', ['number', 'steps', 'verification', 'reference', 'trouble']],
    ['registered', ['number', 'steps', 'success']],
    ['coexistence', ['number', 'success']],
    ['needs the operator', ['number', 'reference', 'trouble']],
    ['rejected', ['number', 'reference', 'button', 'trouble']],
    ['popup blocked', ['number', 'hint', 'reference', 'button', 'trouble']],
    ['server unreachable', ['reference', 'button', 'trouble']],
  ] as const)('%s: %j', (name, shown) => {
    const card = createCard();
    card.show(states[name]);
    expect(all.filter((piece) => card.part(piece))).toEqual([...shown]);
  });

  it('can each be replaced by the page', () => {
    const card = createCard();
    const slots = new Set<string>();
    for (const name of names) {
      card.show(states[name]);
      for (const { name: slot } of card.root.querySelectorAll('slot')) slots.add(slot);
    }
    expect([...slots].toSorted()).toEqual(
      [
        'heading',
        'number',
        'picker',
        'coach',
        'hint',
        'steps',
        'verification',
        'reference',
        'button',
        'footer',
      ].toSorted(),
    );
  });

  it('show the claimed number as Meta prints it, otherwise as it is dialled', () => {
    const card = createCard();
    card.show(states.registered);
    expect(card.text('number-value')).toBe('+1 415-555-0176');
    const { displayPhoneNumber: _, ...claim } = claimView({
      phoneNumber: first.phoneNumber,
      displayPhoneNumber: '-',
    });
    card.show({ ...states.registered, claim });
    expect(card.text('number-value')).toBe('+14155550176');
  });

  it.each([
    ['claiming', 1, 'Confirmed by Meta'],
    ['registering', 2, 'Registration'],
    ['verifying', 2, 'Registration'],
    ['registered', 3, undefined],
  ] as const)('count the steps: %s has %i behind it', (name, count, current) => {
    const card = createCard();
    card.show(states[name]);
    expect(card.texts('done')).toHaveLength(count);
    expect(card.texts('step')).toHaveLength(3);
    expect(card.root.querySelector('[aria-current=step]')?.textContent.trim()).toBe(current);
  });

  it('name a code to quote, with its reference when there is one', () => {
    const card = createCard();
    card.show(states['not signed in']);
    expect(card.text('reference')).toBe('Code to quote: unauthenticated · req-91c4');
    card.show(states['sdk blocked']);
    expect(card.text('reference-code')).toBe('sdk_blocked');
  });
});

describe('the coach', () => {
  const told = (name: StateName) => {
    const card = createCard();
    card.show(states[name]);
    return card.texts('coach-step');
  };

  it('names the one number that was picked, and says that no code comes', () => {
    expect(told('in the window, with a number picked')).toEqual([
      'Log in and choose your business.',
      `In the list of numbers, choose ${second.displayPhoneNumber}. Nobody will ask you for a code.`,
      'Press Finish at the end.',
    ]);
  });

  it('expects a code where no number is held', () => {
    expect(told('in the window, with a number of their own')).toEqual([
      english.coachLogIn,
      english.coachOwn,
      english.coachFinish,
    ]);
  });
});

describe('the button', () => {
  it.each([
    ['ready', 'Continue with Meta', null],
    ['loading', 'Continue with Meta', 'true'],
    ['launching', 'Continue with Meta', 'true'],
    ['in the window', 'Continue with Meta', 'true'],
    ['in a window that looks closed', 'Open the window again', null],
    ['rejected', 'Try again', null],
  ] as const)('%s: %s', (name, label, disabled) => {
    const card = createCard();
    card.show(states[name]);
    expect(card.text('button')).toBe(label);
    expect(card.part('button')?.getAttribute('aria-disabled')).toBe(disabled);
    card.part('button')?.click();
    expect(card.acts).toEqual([{ type: 'press' }]);
  });

  it('is the same button, with the focus, from ready to the open window', () => {
    const card = createCard();
    card.show(states.ready);
    const button = card.part('button');
    button?.focus();
    for (const name of ['launching', 'in the window', 'in a window that looks closed'] as const) {
      card.show(states[name]);
      expect(card.part('button')).toBe(button);
      expect(card.root.activeElement).toBe(button);
    }
  });
});

describe('the focus', () => {
  it('goes to the card when its piece goes', () => {
    const card = createCard();
    card.show(states.ready);
    card.part('button')?.focus();
    card.show(states.claiming);
    expect(card.root.activeElement).toBe(card.part('card'));
  });

  it('goes to what is to be done for the code, if it was in the card', () => {
    const card = createCard();
    card.show(states.claiming);
    card.part('card')?.focus();
    card.show(states.verifying);
    expect(card.root.activeElement).toBe(card.part('send'));
    card.show({ ...states.verifying, verification: { busy: true } });
    expect(card.root.activeElement).toBe(card.part('send'));
    card.show(states['verifying, with a code sent']);
    expect(card.root.activeElement).toBe(card.part('code'));
    // By hand to another place: a redraw leaves it there.
    card.part('confirm')?.focus();
    card.show({ ...states['verifying, with a code sent'] });
    expect(card.root.activeElement).toBe(card.part('confirm'));
    card.show(states['verifying, at work']);
    card.show(states['verifying, with a wrong code']);
    expect(card.root.activeElement).toBe(card.part('code'));
    card.show(states.registering);
    expect(card.root.activeElement).toBe(card.part('card'));
  });

  it('is never taken from the rest of the page', () => {
    const card = createCard();
    const elsewhere = document.body.appendChild(document.createElement('input'));
    elsewhere.focus();
    for (const name of names) {
      card.show(states[name]);
      expect(document.activeElement).toBe(elsewhere);
    }
  });
});

describe('the pieces that come as a file of their own', () => {
  it('are drawn with the latest state once they are there, and asked for again if they did not come', async () => {
    vi.resetModules();
    vi.doMock('../../src/view/extra.ts', () => {
      throw new Error('offline');
    });
    const { createCard: createFreshCard } = await import('./draw-card.ts');
    const card = createFreshCard();
    card.show(states['ready, with several numbers']);
    await vi.dynamicImportSettled();
    expect(card.part('picker')).toBeNull();
    // What Meta's window will be given first is shown all the same.
    expect(card.text('number-value')).toBe(second.displayPhoneNumber);

    vi.doUnmock('../../src/view/extra.ts');
    card.show(states['ready, with several numbers']);
    card.show({ ...states['ready, with several numbers'], picked: first.id });
    await vi.dynamicImportSettled();
    expect(card.radios().map((radio) => radio.checked)).toEqual([true, false, false]);
  });
});
