// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { states } from '../chromium-view/gallery/states.ts';
import { createCard, loadPieces } from './draw-card.ts';

beforeAll(loadPieces);
beforeEach(() => document.body.replaceChildren());

function form() {
  const card = createCard();
  const field = () => card.root.querySelector('input');
  const type = (code: string) => {
    const input = field();
    if (input) input.value = code;
  };
  const sends = () => [...card.root.querySelectorAll<HTMLElement>('[part~=send]')];
  const enter = () => card.root.querySelector('form')?.requestSubmit();
  return { ...card, field, type, sends, enter };
}

describe('the form for the one-time code', () => {
  it('has a labelled field that telephones fill in, in figures, with room for a dash', () => {
    const { show, field, root } = form();
    show(states.verifying);
    expect(root.querySelector('label[for=code]')?.textContent).toBe('6-digit code');
    const { type, inputMode, autocomplete, dir, required } = field() ?? {};
    expect({ type, inputMode, autocomplete, dir, required }).toEqual({
      type: 'text',
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      dir: 'ltr',
      required: true,
    });
    expect(field()?.maxLength).toBeGreaterThanOrEqual('1 2 3 4 5 6'.length);
    expect(field()?.getAttribute('aria-describedby')).toBe(root.querySelector('[role=status]')?.id);
  });

  it('asks for a text or a call', () => {
    const { show, sends, acts } = form();
    show(states.verifying);
    for (const button of sends()) button.click();
    expect(acts).toEqual([
      { type: 'ask-code', method: 'SMS' },
      { type: 'ask-code', method: 'VOICE' },
    ]);
  });

  it('hands in what was typed by the button and by Enter, and reloads nothing', () => {
    const { show, type, enter, part, acts, root } = form();
    let prevented = 0;
    show(states.verifying);
    root.addEventListener('submit', (event) => (prevented += Number(event.defaultPrevented)));
    type('123-456');
    enter();
    part('confirm')?.click();
    expect(acts).toEqual([
      { type: 'hand-in', code: '123-456' },
      { type: 'hand-in', code: '123-456' },
    ]);
    expect(prevented).toBe(2);
  });

  it('keeps what was typed, in the page only, from one state to the next', () => {
    const { show, type, field } = form();
    show(states.verifying);
    type('123');
    show(states['verifying, with a code sent']);
    show(states['verifying, at work']);
    show(states['verifying, with a wrong code']);
    expect(field()?.value).toBe('123');
    expect(field()?.hasAttribute('value')).toBe(false);
  });

  it('ignores presses while the server is asked, and says so', () => {
    const { show, type, enter, sends, part, acts } = form();
    show(states['verifying, at work']);
    type('123456');
    const buttons = [...sends(), part('confirm')];
    for (const button of buttons) {
      expect(button?.getAttribute('aria-disabled')).toBe('true');
      button?.click();
    }
    enter();
    expect(acts).toEqual([]);
    show(states['verifying, with a code sent']);
    expect(buttons.map((button) => button?.getAttribute('aria-disabled'))).toEqual([null, null, null]);
  });

  it('puts the next thing to do first: a code, then its confirmation', () => {
    const { show, root } = form();
    const quiet = () =>
      [...root.querySelectorAll('form button')].map((one) => one.matches('[part~=secondary]'));
    show(states.verifying);
    expect(quiet()).toEqual([false, true, true]);
    show(states['verifying, with a code sent']);
    expect(quiet()).toEqual([true, true, false]);
  });

  it('says what was wrong with a code, marks the field, and gives a code to quote', () => {
    const { show, field, text } = form();
    show(states['verifying, with a wrong code']);
    expect(text('message')).toBe('That code is not right. Check it, or ask for another one.');
    expect(field()?.getAttribute('aria-invalid')).toBe('true');
    expect(text('reference-code')).toBe('code_refused · req-5d20');
  });

  it('does not blame the field for what is not its fault', () => {
    const { show, field } = form();
    show({ ...states.verifying, verification: { problem: { code: 'server_unreachable' } } });
    expect(field()?.getAttribute('aria-invalid')).toBe('false');
  });

  it('drops the last answer while the next one is awaited, so that the same one is heard again', () => {
    const { show, text, part } = form();
    const wrong = states['verifying, with a wrong code'];
    const heard: string[] = [];
    for (const state of [wrong, { ...wrong, verification: { ...wrong.verification, busy: true } }, wrong]) {
      show(state);
      heard.push(text('message'));
      expect(part('trouble') === null).toBe(state !== wrong);
    }
    expect(heard[0]).toBe(heard[2]);
    expect(heard[1]).not.toBe(heard[0]);
  });
});
