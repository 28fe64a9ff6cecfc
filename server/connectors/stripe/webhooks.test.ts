import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { webhooks } from './webhooks.ts';

const [scheme] = webhooks.schemes;
if (scheme?.kind !== 'hmac-sha256') throw new Error('Stripe signs with HMAC-SHA256');
const hex = (sign: string) => sign.repeat(64);

describe('a signature of Stripe', () => {
  it('is read with every v1, and without v0', () => {
    expect(scheme.read(`t=1764000000,v1=${hex('a')},v1=${hex('b')},v0=${hex('c')}`, {})).toEqual({
      timestamp: '1764000000',
      signatures: [hex('a'), hex('b')],
    });
  });

  it.each([
    '',
    't=1764000000',
    `v1=${hex('a')}`,
    't=1764000000,v1=',
    `t=,v1=${hex('a')}`,
    `t=soon,v1=${hex('a')}`,
    `t=1764000000,v0=${hex('a')}`,
    `t=1764000000,v1=${hex('a').slice(1)}`,
    `t=1764000000,v1=${hex('a')}0`,
    hex('a'),
  ])('is none in %j', (header) => {
    expect(scheme.read(header, {})).toBeNull();
  });

  it('agrees with Stripe’s own library', () => {
    const payload = '{"id":"evt_1"}';
    const header = new Stripe('key').webhooks.generateTestHeaderString({
      payload,
      secret: 'whsec_1',
      timestamp: 1_764_000_000,
    });
    const read = scheme.read(header, {});
    const expected = createHmac('sha256', 'whsec_1')
      .update(scheme.prefix(read?.timestamp ?? null) + payload)
      .digest(scheme.encoding);
    expect(read?.signatures).toEqual([expected]);
  });
});

describe('an event of Stripe', () => {
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'payment_intent.succeeded',
    data: { object: { id: 'pi_1', object: 'payment_intent' } },
  };

  it('goes by its own id, which is unique for ever', () => {
    expect(webhooks.read(event, {})).toEqual([
      { key: 'evt_1', topic: 'payment_intent.succeeded', recordId: 'pi_1' },
    ]);
  });

  it('may be about an object without an id', () => {
    expect(
      webhooks.read({ ...event, type: 'invoice.upcoming', data: { object: {} } }, {})?.[0]?.recordId,
    ).toBeNull();
  });

  it.each([
    ['nothing', {}],
    ['another object', { ...event, object: 'charge' }],
    ['no id', { ...event, id: undefined }],
    ['an id of something else', { ...event, id: 'pi_1' }],
    ['no data', { ...event, data: null }],
    ['a type that is none', { ...event, type: 'payment intent' }],
  ])('is refused with %s', (_name, body) => {
    expect(webhooks.read(body as Record<string, unknown>, {})).toBeNull();
  });
});
