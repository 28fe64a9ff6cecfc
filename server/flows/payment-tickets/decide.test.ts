import type { Ticket } from '../../core/ticket/ticket.ts';
import { decide } from './decide.ts';

const ticket = (id: string, state: Ticket['state']) => ({ id, number: id, state }) as Ticket;
const failed = { kind: 'failed', isOver: false } as const;
const paid = { kind: 'paid', isOver: true } as const;

it.each([
  ['nothing is there', null, null, { do: 'open' }],
  ['the customer has an open one', null, ticket('2', 'open'), { do: 'comment', ticket: '2' }],
  ['the customer has one on hold', null, ticket('2', 'held'), { do: 'comment', ticket: '2' }],
  ['the customer’s is closed, about another payment', null, ticket('2', 'closed'), { do: 'open' }],
  ['its own is closed', ticket('1', 'closed'), ticket('1', 'closed'), { do: 'reopen', ticket: '1' }],
  [
    'its own is closed, a newer one is open',
    ticket('1', 'closed'),
    ticket('2', 'open'),
    { do: 'comment', ticket: '2' },
  ],
  ['its own was thrown away', ticket('1', 'gone'), null, { do: 'open' }],
])('a payment that fails, where %s', (_what, payment, customer, decision) => {
  expect(decide(failed, { payment, customer })).toMatchObject(decision);
});

it.each([
  ['none is about it', null, ticket('2', 'open'), 'none-about-it'],
  ['its own was thrown away', ticket('1', 'gone'), null, 'none-about-it'],
  ['its own is closed', ticket('1', 'closed'), null, 'closed-already'],
])('a payment that is made after all, where %s, is noted nowhere', (_what, payment, customer, why) => {
  expect(decide(paid, { payment, customer })).toEqual({ do: 'nothing', why });
});

it('is noted on the ticket that tells of it, and a failure that is told late on none', () => {
  const known = { payment: ticket('1', 'open'), customer: ticket('1', 'open') };
  expect(decide(paid, known)).toMatchObject({ do: 'comment', ticket: '1' });
  expect(decide({ ...failed, isOver: true }, known)).toEqual({ do: 'nothing', why: 'paid-since' });
});
