import fc from 'fast-check';
import { readableBody } from './readable-body.ts';

describe('a body laid out for reading', () => {
  it('keeps every digit of a number that is too long for JavaScript', () => {
    const { kind, text } = readableBody('{"id":4876876000000123456789,"price":12.500,"tags":[],"a":{ }}');
    expect(kind).toBe('JSON');
    expect(text).toBe('{\n  "id": 4876876000000123456789,\n  "price": 12.500,\n  "tags": [],\n  "a": {}\n}');
  });

  it('means the same as what was sent, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const json = JSON.stringify(value);
        const { text } = readableBody(json);
        expect(JSON.parse(text)).toEqual(JSON.parse(json));
        expect(text).toBe(JSON.stringify(JSON.parse(json), null, 2));
      }),
    );
  });

  it('shows a form as one pair per line, decoded', () => {
    expect(readableBody('channel=%23ventes&text=Deal+gagn%C3%A9%20!&empty=')).toEqual({
      kind: 'form',
      text: 'channel = #ventes\ntext = Deal gagné !\nempty = ',
    });
  });

  it.each(['<html>\n<p>502 Bad Gateway', '{"cut":', 'a = b', 'https://x.example/?a=b c', '[hidden]'])(
    'leaves anything else as it is: %s',
    (body) => {
      expect(readableBody(body)).toEqual({ kind: 'text', text: body });
    },
  );
});
