import fc from 'fast-check';
import { namedInBody } from '../../server/engine/named-in-body.ts';
import { recordsNamed } from '../../server/store/record-names.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';

/** One in seventy of Stripe's ids has no digit, and its payment was found by nobody. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lettersAlone = fc
  .string({ unit: fc.constantFrom(...LETTERS), minLength: 24, maxLength: 24 })
  .filter((letters) => /[A-Z]/.test(letters));

it('reads an id of letters alone among what an event names', () => {
  fc.assert(
    fc.property(lettersAlone, (letters) => {
      expect(namedInBody(JSON.stringify({ data: { object: { id: `pi_${letters}` } } }))).toEqual([
        `pi_${letters}`,
      ]);
    }),
  );
});

it('takes no word of the vendor for an id', () => {
  const words = { object: 'payment_intent', type: 'checkout_session', status: 'requires_confirmation' };
  expect(namedInBody(JSON.stringify(words))).toEqual([]);
});

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

it('finds the record of a run by the id that the event was about, which its body does not name', async () => {
  const flow = testFlow(async () => ok);
  if (flow.trigger.kind !== 'event') throw new Error('the test’s flow is begun by an event');
  const trigger = { ...flow.trigger, record: () => ({ object: 'vendor.thing', id: 'payer' }) };
  const engine = await rig.engine([{ ...flow, trigger }]);
  await rig.send(engine, 'pi_nacyHlbgbPpFvuCbEOJYOcUb');
  await rig.settled();
  const found = await recordsNamed(rig.database, ORGANISATION.id, 'pi_nacyHlbgbPpFvuCbEOJYOcUb', {
    limit: 10,
    hidden: new Set(),
  });
  expect(found.map(({ id }) => id)).toEqual(['payer']);
});
