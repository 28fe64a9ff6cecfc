import { openShop, type Shop } from './rig.ts';
import { SHOPS } from './shops.ts';

describe.each(SHOPS.map((under) => [under.connector.id, under] as const))('%s', (_id, under) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({}, under);
  });
  afterAll(() => shop.close());

  const [MADE, CHANGED] = under.topics;
  const bookedOf = async (order: string) =>
    (await shop.booked()).filter(({ reference }) => reference === shop.reference(order));
  const only = async (order: string) => {
    const found = await bookedOf(order);
    expect(found).toHaveLength(1);
    return found[0];
  };
  const lastRun = async () => (await shop.runs()).at(-1);
  const at = async (email: string) => (await shop.people()).filter(({ Email }) => Email === email);

  describe('an order that was paid', () => {
    it('is a contact, an invoice of exactly what was paid, and its payment (10 × 23.90 with tax, 25 % off)', async () => {
      const ada = { first: 'Ada', last: 'Lovelace', email: 'ada@exemple.example' };
      const id = await shop.order({ ...ada, quantity: 10, percentOff: 25 });
      await shop.tell(id, MADE);
      expect(await only(id)).toMatchObject({
        status: 'sent',
        customer: 'Ada Lovelace',
        currency: 'EUR',
        total: 17_925,
        paid: 17_925,
        lines: [{ name: expect.stringContaining('Affiche « Quais de Saône » (AFF-A2)') }],
      });
      expect((await only(id))?.tax).toBeGreaterThanOrEqual(2_987);
      expect(await at(ada.email)).toMatchObject([{ First_Name: 'Ada', Last_Name: 'Lovelace' }]);
      expect(await lastRun()).toMatchObject({
        state: 'done',
        label: expect.stringContaining('Ada Lovelace'),
      });
    });

    it('is one of each, however often and in whatever order it is told', async () => {
      const id = await shop.order({ first: 'Zoé', last: 'Petit', email: 'zoe@exemple.example', quantity: 1 });
      await shop.tell(id, CHANGED, MADE, CHANGED);
      await shop.accept(id, MADE, CHANGED);
      await shop.rig.settled();
      expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390, comments: [] });
      expect(await at('zoe@exemple.example')).toHaveLength(1);
    });

    it('in a currency without decimals is counted in it, as are its payment and what goes back', async () => {
      const aiko = { first: 'Aiko', last: 'Tanaka', email: 'aiko@exemple.example' };
      const id = await shop.order({ ...aiko, foreign: { currency: 'JPY', price: '1800' } });
      await shop.deed(id, { is: 'gave-back', amount: '800' });
      await shop.tell(id, MADE);
      expect(await only(id)).toMatchObject({
        currency: 'JPY',
        total: 1_800,
        paid: 1_800,
        comments: [expect.stringContaining('remboursé 800 JPY')],
      });
    });

    it('in a currency that Books lacks waits on the shelf, and says what to do', async () => {
      const ana = { first: 'Ana', last: 'Ruiz', email: 'ana@exemple.example' };
      const id = await shop.order({ ...ana, foreign: { currency: 'MXN', price: '10.00' } });
      await shop.tell(id, MADE);
      expect(await lastRun()).toMatchObject({
        state: 'shelved',
        error: { kind: 'rejected', field: 'currency' },
      });
      expect(await bookedOf(id)).toEqual([]);
    });
  });

  describe('whoever orders', () => {
    it('again as a guest, in other capitals and without accents, is the same contact and customer', async () => {
      const first = await shop.order({
        first: 'Éloïse',
        last: 'Le Goff',
        email: 'eloise@exemple.example',
        quantity: 1,
      });
      const again = await shop.order({
        first: 'ELOISE',
        last: 'LE GOFF',
        email: 'Eloise@exemple.example',
        quantity: 2,
      });
      await shop.tell(first, MADE);
      await shop.tell(again, MADE);
      expect(await at('eloise@exemple.example')).toHaveLength(1);
      expect(await at('Eloise@exemple.example')).toHaveLength(0);
      expect([(await only(first))?.customer, (await only(again))?.customer]).toEqual([
        'Éloïse Le Goff',
        'Éloïse Le Goff',
      ]);
    });

    it('shares an address with somebody else is another contact and another customer', async () => {
      const email = 'famille@exemple.example';
      const one = await shop.order({ first: 'Paul', last: 'Roy', email, quantity: 1 });
      const other = await shop.order({ first: 'Marie', last: 'Roy', email, quantity: 1 });
      await shop.tell(one, MADE);
      await shop.tell(other, MADE);
      expect((await at(email)).map(({ First_Name }) => First_Name).sort()).toEqual(['Marie', 'Paul']);
      expect([(await only(one))?.customer, (await only(other))?.customer]).toEqual(['Paul Roy', 'Marie Roy']);
    });

    it('left only a phone number is known by it, however it is written, and two with different names are two', async () => {
      const by = (phone: string, first?: string, last?: string) =>
        shop.order({ phone, quantity: 1, ...(first && last ? { first, last } : {}) });
      const nameless = [await by('+33612345678'), await by('06 12 34 56 78')];
      const named = [
        await by('+33 7 00 00 01 23', 'Rémi', 'Laval'),
        await by('0700000123', 'REMI', 'LAVAL'),
        await by('+33700000123', 'Odile', 'Laval'),
      ];
      for (const id of [...nameless, ...named]) await shop.tell(id, MADE);
      const customers = async (ids: readonly string[]) =>
        Promise.all(ids.map(async (id) => (await only(id))?.customer));
      expect(await customers(nameless)).toEqual(['+33612345678', '+33612345678']);
      expect(await customers(named)).toEqual(['Rémi Laval', 'Rémi Laval', 'Odile Laval']);
      const people = (await shop.people()).filter(({ Phone }) => Phone);
      expect(
        people.map(({ Last_Name, First_Name }) => `${First_Name ?? ''} ${Last_Name}`.trim()).sort(),
      ).toEqual(['+33612345678', 'Odile Laval', 'Rémi Laval']);
    });

    it('is only a customer of the shop is that one, and not the next', async () => {
      const ids = [];
      for (const customer of [7, 8, 7]) ids.push(await shop.order({ customer, quantity: 1 }));
      for (const id of ids) await shop.tell(id, MADE);
      const [one, other, again] = await Promise.all(ids.map(async (id) => (await only(id))?.customer));
      expect(again).toBe(one);
      expect(other).not.toBe(one);
    });

    it('gave nothing is somebody at the counter, once, and no contact', async () => {
      const ids = [await shop.order({ quantity: 1 }), await shop.order({ quantity: 2 })];
      const before = (await shop.people()).length;
      for (const id of ids) await shop.tell(id, MADE);
      expect(await Promise.all(ids.map(async (id) => (await only(id))?.customer))).toEqual([
        'Client de passage',
        'Client de passage',
      ]);
      expect(await shop.people()).toHaveLength(before);
    });

    it('orders for a company is invoiced as the company', async () => {
      const nina = { first: 'Nina', last: 'Faure', email: 'nina@faure.example', company: 'Faure & Fils' };
      const id = await shop.order({ ...nina, quantity: 1 });
      await shop.tell(id, MADE);
      expect((await only(id))?.customer).toBe('Faure & Fils');
    });
  });

  describe('an order that is not there yet, or not any more', () => {
    const nobody = { first: 'Rien', last: 'Du Tout', email: 'rien@exemple.example', quantity: 1 };

    it('makes nothing while its transfer is awaited, and its invoice and payment when the money came', async () => {
      const id = await shop.order({ ...nobody, pays: 'by-transfer' });
      await shop.tell(id, MADE, CHANGED);
      expect(await bookedOf(id)).toEqual([]);
      expect(await lastRun()).toMatchObject({ state: 'skipped' });
      expect(await at(nobody.email)).toEqual([]);
      await shop.deed(id, { is: 'money-came' });
      await shop.tell(id, CHANGED);
      expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390 });
    });

    it('makes nothing as a test, nor cancelled before it was told of', async () => {
      const test = await shop.order({ ...nobody, isTest: true });
      const cancelled = await shop.order(nobody);
      await shop.deed(cancelled, { is: 'cancelled' });
      for (const id of [test, cancelled]) {
        await shop.tell(id, MADE, CHANGED);
        expect(await bookedOf(id)).toEqual([]);
        expect(await lastRun()).toMatchObject({ state: 'skipped' });
      }
    });

    it('was deleted for good before its delivery came: nothing to do', async () => {
      const id = await shop.order({ quantity: 1 });
      await shop.deed(id, { is: 'deleted' });
      await shop.tell(id, MADE);
      expect(await lastRun()).toMatchObject({ state: 'skipped' });
    });

    it('paid on delivery is an invoice at first, and a payment when the money came', async () => {
      const cod = { first: 'Cod', last: 'Brun', email: 'cod@exemple.example', quantity: 1 };
      const id = await shop.order({ ...cod, pays: 'on-delivery' });
      await shop.tell(id, MADE);
      expect(await only(id)).toMatchObject({ status: 'sent', total: 2_390, paid: 0 });
      await shop.deed(id, { is: under.connector.id === 'woocommerce' ? 'goods-went' : 'money-came' });
      await shop.tell(id, CHANGED);
      expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390 });
    });

    it('that costs nothing keeps its contact and makes no invoice', async () => {
      const id = await shop.order({ first: 'Gra', last: 'Tuit', email: 'gratuit@exemple.example' });
      await shop.tell(id, MADE);
      expect(await bookedOf(id)).toEqual([]);
    });
  });

  describe('what the shop changes after the invoice was sent', () => {
    it('is noted on it once, each refund by itself, and the invoice stays as it is', async () => {
      const rosa = { first: 'Rosa', last: 'Vert', email: 'rosa@exemple.example' };
      const id = await shop.order({ ...rosa, quantity: 4 });
      await shop.tell(id, MADE);
      await shop.deed(id, { is: 'gave-back', amount: '30.00', reason: 'Abîmé' });
      await shop.deed(id, { is: 'gave-back', amount: '10.00' });
      await shop.tell(id, CHANGED, CHANGED);
      const { comments = [], ...invoice } = (await only(id)) ?? {};
      expect(invoice).toMatchObject({ total: 9_560, paid: 9_560 });
      expect(comments).toEqual([
        expect.stringMatching(/^La boutique a remboursé 30,00 € au client\u00a0: Abîmé \(refund \d+\)\.$/),
        expect.stringMatching(/^La boutique a remboursé 10,00 € au client \(refund \d+\)\.$/),
      ]);
    });

    it('before it was booked is taken with it: invoice, payment and refund', async () => {
      const max = { first: 'Max', last: 'Bleu', email: 'max@exemple.example' };
      const id = await shop.order({ ...max, quantity: 1 });
      await shop.deed(id, { is: 'gave-back', amount: '23.90' });
      await shop.tell(id, CHANGED);
      expect(await only(id)).toMatchObject({
        total: 2_390,
        paid: 2_390,
        comments: [expect.stringContaining('23,90 €')],
      });
    });

    it('by an edit is noted with both amounts, and a cancellation too', async () => {
      const ed = { first: 'Ed', last: 'It', email: 'edit@exemple.example' };
      const id = await shop.order({ ...ed, quantity: 1, pays: 'on-delivery' });
      await shop.tell(id, MADE);
      await shop.deed(id, { is: 'one-more' });
      await shop.tell(id, CHANGED, CHANGED);
      await shop.deed(id, { is: 'cancelled' });
      await shop.tell(id, CHANGED);
      const invoice = await only(id);
      expect(invoice).toMatchObject({ total: 2_390, paid: 0 });
      expect(invoice?.comments).toEqual([
        expect.stringContaining('47,80 € dans la boutique, au lieu de 23,90 €'),
        expect.stringContaining('annulée'),
      ]);
    });
  });

  describe('an invoice that somebody voided in Books', () => {
    it('is not made again, whatever becomes of the order', async () => {
      const ann = { first: 'Ann', last: 'Ulée', email: 'annulee@exemple.example' };
      const id = await shop.order({ ...ann, quantity: 1, pays: 'on-delivery' });
      await shop.tell(id, MADE);
      await shop.voidInvoice(shop.reference(id));
      await shop.deed(id, { is: 'money-came' });
      await shop.tell(id, CHANGED);
      expect(await only(id)).toMatchObject({ status: 'void', paid: 0 });
      expect((await lastRun())?.summary?.en).toContain('voided in Zoho Books');
    });
  });
});
