import { again, paid } from './events.ts';
import { type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

interface Person {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
}

const customersOf = async (...references: string[]) => {
  const ids = (await money.invoices())
    .filter((row) => references.includes(String(row.reference_number)))
    .map((row) => row.customer_id);
  const contacts = await money.contacts();
  return ids.map((id) => contacts.find((row) => row.contact_id === id)) as {
    contact_id: string;
    contact_name: string;
    persons: Person[];
  }[];
};
const fault = (wish: object | null) => money.sandbox.fault('zoho-books', wish as never);
const billed = (name: string | null, email: string | null = null) => ({
  receipt_email: email,
  latest_charge: {
    id: 'ch_x',
    object: 'charge',
    billing_details: { name, email, phone: null },
    payment_method_details: { type: 'link' },
  },
});
const DAY_LATER = 86_400;

describe('a payer is one customer in Books', () => {
  it('whose address is no name, and who is found again by it', async () => {
    const address = 'ana+facture@exemple.example';
    await money.play(paid('pi_ana1', billed(address, address)), paid('pi_ana2', billed(address, address)));
    const [first, second] = await customersOf('pi_ana1', 'pi_ana2');
    expect(first?.contact_id).toBe(second?.contact_id);
    expect(first).toMatchObject({
      contact_name: address,
      persons: [{ first_name: '', last_name: '', email: address }],
    });
  });

  it('when two payments come within seconds and Books’ lists show late what was made', async () => {
    await fault({ lagMs: 600_000 });
    const payer = { receipt_email: 'nouveau@exemple.example' };
    const events = [paid('pi_lag1', payer), paid('pi_lag2', payer), paid('pi_lag3', payer)];
    await money.play(...events.slice(0, 2));
    await money.playTogether(...events.slice(2), ...events.map(again));
    await fault(null);
    const customers = await customersOf('pi_lag1', 'pi_lag2', 'pi_lag3');
    expect(customers).toHaveLength(3);
    expect(new Set(customers.map(({ contact_id }) => contact_id)).size).toBe(1);
    expect((await money.payments()).filter(({ reference }) => reference.startsWith('pi_lag'))).toHaveLength(
      3,
    );
  });

  it('in each currency, and of another case', async () => {
    await money.play(
      paid('pi_case1', { receipt_email: 'Casse@Exemple.example' }),
      paid('pi_case2', { receipt_email: 'casse@exemple.EXAMPLE' }),
      paid('pi_case3', { receipt_email: 'casse@exemple.example', currency: 'usd' }),
    );
    const [one, two, three] = await customersOf('pi_case1', 'pi_case2', 'pi_case3');
    expect(one?.contact_id).toBe(two?.contact_id);
    expect(three?.contact_id).not.toBe(one?.contact_id);
  });
});

describe('who gave no address', () => {
  it('is a customer of each payment, by the same rule each time, and the log says so', async () => {
    await money.play(
      paid('pi_G1', { ...billed(null), amount_received: 1_000 }),
      paid('pi_G2', { ...billed(null), amount_received: 2_000 }),
    );
    const customers = await customersOf('pi_G1', 'pi_G2');
    expect(customers.map(({ contact_name }) => contact_name)).toEqual(['Stripe pi_G1', 'Stripe pi_G2']);
    expect(
      (await money.payments())
        .filter(({ reference }) => reference.startsWith('pi_G'))
        .map(({ amount }) => amount),
    ).toEqual([10, 20]);
    for (const run of (await money.runs()).slice(-2))
      expect(run.summary).toMatchObject({
        en: expect.stringContaining('gave no e-mail'),
        fr: expect.stringContaining('n’a pas donné d’e-mail'),
      });
  });

  it('is one customer where Stripe knows them as one', async () => {
    const known = { ...billed('Boulangerie Vial'), customer: 'cus_boulangerie' };
    await money.play(paid('pi_k1', known), paid('pi_k2', known));
    const [first, second] = await customersOf('pi_k1', 'pi_k2');
    expect(first?.contact_id).toBe(second?.contact_id);
  });

  it('is never somebody else of the same name', async () => {
    await money.play(paid('pi_other', billed('Jean Martin', 'jean.martin@exemple.example')));
    await money.play(paid('pi_guest1', billed('Jean Martin')), paid('pi_guest2', billed('Jean Martin')));
    const customers = await customersOf('pi_other', 'pi_guest1', 'pi_guest2');
    expect(new Set(customers.map(({ contact_id }) => contact_id)).size).toBe(3);
    expect(customers.map(({ contact_name }) => contact_name)).toEqual([
      'Jean Martin',
      'Jean Martin (pi_guest1)',
      'Jean Martin (pi_guest2)',
    ]);
  });

  it('is found again when the answer to the creation was lost', async () => {
    await fault({ commitThenFail: '500', methods: ['POST'], path: '/contacts$', count: 1 });
    await money.play(paid('pi_lost', billed('Réponse Perdue'), 1_793_610_000 + DAY_LATER));
    await fault(null);
    const made = (await money.contacts()).filter((row) =>
      String(row.contact_name).startsWith('Réponse Perdue'),
    );
    expect(made).toHaveLength(1);
    expect((await money.payments()).filter(({ reference }) => reference === 'pi_lost')).toHaveLength(1);
  }, 120_000);
});

describe('a customer that Books says it made and does not have', () => {
  it('is not told as booked, and is made when the run is taken up again', async () => {
    const body = {
      code: 0,
      message: 'success',
      contact: { contact_id: '4876000000404', contact_name: 'Fantôme' },
    };
    await fault({ status: 201, body, methods: ['POST'], path: '/contacts$', count: 1 });
    await money.play(paid('pi_phantom', billed('Fantôme (Paris > Lyon)', 'fantome@exemple.example')));
    await fault(null);
    expect((await money.runs()).at(-1)).toMatchObject({
      state: 'shelved',
      error: { kind: 'rejected', field: 'contact_id' },
    });
    await money.replayShelved();
    expect(await customersOf('pi_phantom')).toMatchObject([{ contact_name: 'Fantôme (Paris > Lyon)' }]);
    expect((await money.payments()).filter(({ reference }) => reference === 'pi_phantom')).toHaveLength(1);
  });
});

describe('a name', () => {
  it.each([
    ['with signs', 'Test test (test > test)'],
    ['with markup', '<b>Ets Léon</b>'],
    ['with quotes', 'Müller & Söhne "GmbH"'],
  ])('%s is text', async (kind, name) => {
    const id = `pi_${kind.replaceAll(' ', '_')}`;
    await money.play(paid(id, billed(name, `${id}@exemple.example`)));
    expect(await customersOf(id)).toMatchObject([{ contact_name: name }]);
    expect((await money.runs()).at(-1)).toMatchObject({ state: 'done', label: name });
  });

  it.each([
    ['blanks', ' \u00a0 '],
    ['a zero-width space', '\u200b'],
    ['a mark of direction and a joiner', '\u200f\u200d'],
    ['a filler that shows as nothing', '\u3164'],
  ])('of which nothing is seen is none: %s', async (kind, name) => {
    const id = `pi_unseen_${kind.length}`;
    await money.play(paid(id, billed(name, `${id}@exemple.example`)));
    expect(await customersOf(id)).toMatchObject([{ contact_name: `${id}@exemple.example` }]);
  });

  it('longer than Books takes is cut visibly, and the next of the same is told apart', async () => {
    const name = 'é'.repeat(250);
    await money.play(
      paid('pi_e1', billed(name, 'e1@exemple.example')),
      paid('pi_e2', billed(name, 'e2@exemple.example')),
    );
    const names = (await customersOf('pi_e1', 'pi_e2')).map(({ contact_name }) => contact_name);
    expect(names.every((one) => one.length <= 200 && one.includes('…'))).toBe(true);
    expect(new Set(names).size).toBe(2);
  });
});
