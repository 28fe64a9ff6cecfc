import fc from 'fast-check';
import { hasTrickKeys } from './trick-keys.ts';

describe('keys that play tricks', () => {
  it.each([
    ['__proto__ at the top', '{"__proto__":{"admin":true}}'],
    ['__proto__ deep inside', '{"data":[{"object":{"metadata":{"__proto__":1}}}]}'],
    ['__proto__ in escapes', '{"\\u005f_proto_\\u005F":1}'],
    ['a key twice', '{"id":"1","id":"2"}'],
    ['a key twice, once in escapes', '{"id":"1","\\u0069d":"2"}'],
    ['a key twice, another object between', '{"id":"1","data":{"id":"2"} , "id" : "3"}'],
  ])('are seen: %s', (_name, text) => {
    expect(hasTrickKeys(text)).toBe(true);
  });

  it.each([
    ['as a value', '{"note":"__proto__"}'],
    ['as a text inside a value', String.raw`{"note":"\"__proto__\":1, \"id\":1, \"id\":2 \\"}`],
    ['the same key of two objects', '[{"id":1},{"id":1,"data":{"id":1}}]'],
    ['an empty object', '{}'],
  ])('are not seen where there are none: %s', (_name, text) => {
    expect(hasTrickKeys(text)).toBe(false);
  });

  it('are never seen in what a serialiser wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.boolean(), (value, indented) => {
        const text = JSON.stringify(value, null, indented ? 2 : 0);
        expect(hasTrickKeys(text)).toBe(/"__proto__"\s*:/.test(text));
      }),
    );
  });
});
