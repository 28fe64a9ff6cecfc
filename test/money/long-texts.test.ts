import fc from 'fast-check';
import { paid } from './events.ts';
import { type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ noteInCrm: true });
});
afterAll(() => money.close());

const RUNS = process.env.LIAISON_TEST_SIZE === 'full' ? 300 : 40;

interface Line {
  readonly name: string;
  readonly description: string;
}

const lineOf = async (reference: string): Promise<Line | undefined> => {
  const invoice = (await money.invoices()).find((row) => row.reference_number === reference);
  return (invoice?.lines as Line[] | undefined)?.[0];
};
const isBooked = async (reference: string) =>
  (await money.payments()).filter((one) => one.reference === reference).length === 1;

const SUBSCRIPTION =
  'Abonnement annuel « Équipe » du 1er novembre 2026 au 31 octobre 2027, 12 postes, remise partenaire 15 %, réf. CMD-2026-000187';

describe('a payment is booked, however long its texts are', () => {
  it('with a name of the line that is cut visibly, and the whole of it below', async () => {
    await money.play(paid('pi_long', { description: SUBSCRIPTION }));
    const line = await lineOf('pi_long');
    expect(await isBooked('pi_long')).toBe(true);
    expect(line?.name.length).toBeLessThanOrEqual(100);
    expect(line?.name.length).toBeGreaterThan(95);
    expect(line?.name.endsWith('…')).toBe(true);
    expect(SUBSCRIPTION.startsWith(line?.name.slice(0, -1) ?? '?')).toBe(true);
    expect(line?.description).toBe(SUBSCRIPTION);
  });

  it('also when it is longer than anything that Books takes', async () => {
    const text = `${SUBSCRIPTION} `.repeat(30).slice(0, 2_400);
    await money.play(paid('pi_longer', { description: text }));
    const line = await lineOf('pi_longer');
    expect(line?.description.length).toBeLessThanOrEqual(2_000);
    expect(line?.description.endsWith('…')).toBe(true);
  });

  it('and a short one stands alone', async () => {
    await money.play(paid('pi_short', { description: 'Maintenance' }));
    expect(await lineOf('pi_short')).toMatchObject({ name: 'Maintenance', description: '' });
  });

  it('whatever the description, the name and the address of the payer hold', async () => {
    const letters = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '😀',
        '👨‍👩‍👧‍👦',
        'e\u0301',
        '\ud83d',
        '\udc00',
        '\u0000',
        '<b>',
        '"',
        '&',
        '\n',
        '\t',
        ' ',
        '\u202e',
      ),
    );
    const long = fc
      .tuple(fc.array(letters, { minLength: 1, maxLength: 20 }), fc.constantFrom(1, 30, 5_000))
      .map(([parts, length]) =>
        parts
          .join('')
          .repeat(Math.ceil(length / Math.max(1, parts.join('').length)))
          .slice(0, Math.max(length, 60)),
      );
    const email = fc.oneof(
      fc.constant(null),
      fc.constantFrom(
        'ana+facture@exemple.example',
        `${'a'.repeat(120)}@exemple.example`,
        'pas une adresse',
        'é@exemple.example',
      ),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ description: fc.option(long), name: fc.option(long), email }), {
          minLength: 10,
          maxLength: 10,
        }),
        async (all) => {
          const events = all.map(({ description, name, email: address }) => {
            number += 1;
            const billing_details = { name, email: address, phone: null };
            const latest_charge = { id: `ch_t${number}`, object: 'charge', billing_details };
            return paid(`pi_t${number}`, { description, receipt_email: address, latest_charge });
          });
          await money.playTogether(...events);
          const references = new Set((await money.payments()).map(({ reference }) => reference));
          const ids = events.map(({ data }) => (data.object as { id: string }).id);
          expect(ids.filter((id) => !references.has(id))).toEqual([]);
        },
      ),
      { numRuns: RUNS / 10 },
    );
    expect((await money.runs()).filter(({ state }) => state !== 'done')).toEqual([]);
  }, 600_000);
});
