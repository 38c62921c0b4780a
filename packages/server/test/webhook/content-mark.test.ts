import { describe, expect, it } from 'vitest';
import { contentMark } from '../../src/webhook/content-mark.ts';

describe('a mark', () => {
  it('is the same for the same content in another order', () => {
    expect(contentMark({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      contentMark({ b: { d: null, c: [1, 2] }, a: 1 }),
    );
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, [['a', 1]]],
    [
      { a: 1, b: 2 },
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [{}, []],
    [
      [1, 2],
      [2, 1],
    ],
    ['1', 1],
    ['null', null],
    [{ a: 'b' }, { ab: '' }],
    [{ a: '1', b: '2' }, { a: '1","b":"2' }],
    [['a,b'], ['a', 'b']],
    ['\ud800', '\udc00'],
    ['\ud800', '\uFFFD'],
    ['é', 'e\u0301'],
    [JSON.parse('{"__proto__":{"a":1}}'), {}],
    [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}')],
    [{ a: undefined }, {}],
  ])('tells %j from %j', (one, other) => {
    expect(contentMark(one)).not.toBe(contentMark(other));
  });

  it('is SHA-256 of the JSON in order, base64url: other nodes make the same one', () => {
    // echo -n '["1","2",{"a":null,"b":"é"}]' | openssl dgst -sha256 -binary | basenc --base64url
    expect(contentMark(['1', '2', { b: 'é', a: null }])).toBe('YRprQhwBChVkoqGc6EVMIsmLk1OmSZq8vyYMNPadApY');
  });
});
