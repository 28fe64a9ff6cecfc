import type { MessagesOffer } from './messages.ts';
import { CAPABILITIES, canOffer } from './offers.ts';
import type { TroublesOffer } from './trouble.ts';

const messages: MessagesOffer<object> = {
  titles: { en: 'A place', fr: 'Un endroit' },
  longest: 100,
  places: async () => [],
  noPlace: (written) => ({ en: written, fr: written }),
  compose: () => '',
  readable: (text) => text,
  post: async () => '1',
};

it('a connector takes the roles of what it offers, and of nothing else', () => {
  const troubles = { object: 'till.payments', topics: ['failed'] } as unknown as TroublesOffer<object>;
  const payments = { object: 'till.payments', topics: ['paid'], troubles };
  const offers = { payments, people: ['till.customers'] };
  const taken = CAPABILITIES.filter((capability) => canOffer({ offers }, capability));
  expect(taken).toEqual(['payments', 'people']);
  expect(CAPABILITIES.filter((capability) => canOffer({}, capability))).toEqual([]);
});

it('messages that cannot be found again take no role of a flow: it could not post them once', () => {
  expect(canOffer({ offers: { messages } }, 'messages')).toBe(false);
  expect(canOffer({ offers: { messages: { ...messages, find: async () => null } } }, 'messages')).toBe(true);
});
