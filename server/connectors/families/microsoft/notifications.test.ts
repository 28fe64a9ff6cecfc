import { graphNotifications } from './notifications.ts';

const { read, lapsingTopics } = graphNotifications('things.changed');
const lifecycle = (lifecycleEvent: string) =>
  read({ value: [{ lifecycleEvent, subscriptionId: 's1', clientState: 'state-of-ours' }] }, {});

it('what a subscription says of itself that nobody knows is taken: one looks, and sees that it stands', () => {
  const events = lifecycle('somethingOfNextYear') ?? [];
  expect(events.map(({ topic }) => topic)).toEqual(['subscription.unknown', 'things.changed']);
  expect(lapsingTopics).toContain('subscription.unknown');
  // What it said stands in the log; the state that the subscription was given does not.
  expect(events[0]?.body).toContain('somethingOfNextYear');
  expect(events[0]?.body).not.toContain('state-of-ours');
});

it('what says neither a change nor anything of a subscription is no delivery of Graph’s', () => {
  expect(read({ value: [{ subscriptionId: 's1' }] }, {})).toBeNull();
});

it('one that cannot be read hides none of those that came with it', () => {
  const change = { subscriptionId: 's1', changeType: 'updated', resource: 'things/1' };
  const broken = [null, 'text', [], {}, { ...change, subscriptionId: 7 }, { ...change, changeType: 'a\0' }];
  const value = [...broken, change, { ...change, resource: 'things/2', resourceData: 'text' }];
  const events = read({ value }, {}) ?? [];
  expect(events.map(({ body }) => JSON.parse(body ?? '').resource)).toEqual(['things/1', 'things/2']);
  expect(read({ value: broken }, {})).toBeNull();
  expect(read({ value: [] }, {})).toBeNull();
});
