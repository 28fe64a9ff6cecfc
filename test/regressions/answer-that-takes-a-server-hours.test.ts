import { recognise } from '../../server/core/forms/recognise.ts';
import { parseBody } from '../../server/engine/event-body.ts';

/**
 * What anybody can send, within what the door takes (1 MB): a name a hundred thousand times, which was copied for each, and a text
 * in which an address was sought in as many ways. Either would have held up the whole server for hours.
 */

const FORM = 'application/x-www-form-urlencoded';

it('a name that comes a hundred thousand times is a list of as many, in their order', () => {
  const many = 200_000;
  const { a } = parseBody(FORM, Array.from({ length: many }, (_, at) => `a=${at % 7}`).join('&'));
  expect(a).toHaveLength(many);
  expect((a as string[]).slice(0, 9)).toEqual(['0', '1', '2', '3', '4', '5', '6', '0', '1']);
});

it.each([`${'@.'.repeat(100_000)} x`, 'a@'.repeat(100_000), `${'a.'.repeat(100_000)}@`])(
  'a long text that is no address is none (%#)',
  (value) => {
    const field = { key: 'e', title: 'E-mail', kind: 'email', origin: 'asked', value } as const;
    expect([...recognise([field as never]).keys()]).toEqual([]);
  },
);
