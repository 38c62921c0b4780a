import { describe, expect, it } from 'vitest';
import { readRecipient } from '../../src/domain/number-formats.ts';
import { sendText } from '../../src/graph/endpoints/messages.ts';
import { countries, randomNumber, spellings } from '../domain/support/random-numbers.ts';
import { chanceOf } from '../support/chance.ts';

const wanted = (to: string) => sendText.request({ phoneNumberId: '1', to, text: 'Hello' });

describe('the recipient of a text', () => {
  it.each([
    '(631) 555-1234',
    '16315551234',
    '0016315551234',
    '+',
    '+((((((((',
    '+1 631 555 1234 x5',
    '+ada',
    '',
  ])('is none without a plus, or without digits: %j', (to) => {
    expect(() => wanted(to)).toThrow('nothing was sent');
  });

  it.each(['+16315551234', '+1 (631) 555-1234'])('is given to Meta as it is: %s', (to) => {
    expect(wanted(to)).toMatchObject({ body: { to } });
  });

  it('is every number that the kit reads out of what people write', () => {
    const chance = chanceOf(1);
    for (const country of countries) {
      for (const [, written] of spellings(chance, randomNumber(chance, country))) {
        const read = readRecipient(written, '+919876543210');
        if ('problem' in read) expect.fail(`${written}: ${read.problem}`);
        expect(wanted(read.phoneNumber)).toMatchObject({ body: { to: read.phoneNumber } });
      }
    }
  });
});
