import { paymentFrom, refundsFrom } from './shapes.ts';

const created = 1_764_000_000;
const createdAt = new Date(created * 1_000).toISOString();
const charge = {
  id: 'ch_1',
  object: 'charge',
  amount: 12_345,
  amount_captured: 12_345,
  amount_refunded: 0,
  billing_details: { email: 'lea@example.com', name: 'Léa Morel', phone: null },
  captured: true,
  created,
  currency: 'eur',
  customer: 'cus_1',
  description: 'Formule annuelle',
  paid: true,
  payment_intent: 'pi_1',
  receipt_url: 'https://pay.example/receipt',
};
const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 12_345,
  amount_received: 12_345,
  created,
  currency: 'eur',
  customer: 'cus_1',
  description: 'Formule annuelle',
  receipt_email: null,
  status: 'succeeded',
};
const list = (...data: object[]) => ({ object: 'list', data, has_more: false });

const expected = {
  identity: 'pi_1',
  amountMinor: 12_345,
  currency: 'EUR',
  isPaid: true,
  email: 'lea@example.com',
  name: 'Léa Morel',
  customerId: 'cus_1',
  description: 'Formule annuelle',
  createdAt,
  chargeId: 'ch_1',
  receiptUrl: 'https://pay.example/receipt',
};

describe('a payment', () => {
  it('is the same whether its intent carries charges (old), an expanded charge (new), or is the charge', () => {
    expect(paymentFrom({ ...intent, charges: list(charge) })).toMatchObject(expected);
    expect(paymentFrom({ ...intent, latest_charge: charge })).toMatchObject(expected);
    expect(paymentFrom(charge)).toMatchObject(expected);
  });

  it('is read from an intent that only names its charge', () => {
    expect(paymentFrom({ ...intent, latest_charge: 'ch_1' })).toMatchObject({
      identity: 'pi_1',
      chargeId: 'ch_1',
      email: null,
      name: null,
      receiptUrl: null,
    });
  });

  it('takes the payer from the expanded customer where nothing was typed', () => {
    const customer = { id: 'cus_1', object: 'customer', email: 'compta@example.com', name: 'Boulangerie' };
    expect(
      paymentFrom({ ...intent, customer, latest_charge: { ...charge, billing_details: {} } }),
    ).toMatchObject({
      customerId: 'cus_1',
      email: 'compta@example.com',
      name: 'Boulangerie',
    });
  });

  it('prefers the address that the receipt went to', () => {
    expect(paymentFrom({ ...intent, receipt_email: 'recu@example.com', latest_charge: charge })?.email).toBe(
      'recu@example.com',
    );
  });

  it('that was received in part counts what was received', () => {
    expect(paymentFrom({ ...intent, amount_received: 10_000 })?.amountMinor).toBe(10_000);
    expect(paymentFrom({ ...intent, amount_received: 0, status: 'processing' })).toMatchObject({
      isPaid: false,
    });
  });

  it('without an intent goes by its charge', () => {
    expect(paymentFrom({ ...charge, payment_intent: null })?.identity).toBe('ch_1');
  });

  it.each([
    ['a customer', { id: 'cus_1', object: 'customer', created, currency: 'eur' }],
    ['an intent without a currency', { ...intent, currency: undefined }],
    ['text', 'payment'],
    ['nothing', null],
  ])('is not read from %s', (_name, object) => {
    expect(paymentFrom(object)).toBeNull();
  });
});

describe('the payment of an invoice', () => {
  const invoice = {
    id: 'in_1',
    object: 'invoice',
    amount_paid: 5_000,
    created,
    currency: 'jpy',
    customer: 'cus_1',
    customer_email: 'lea@example.com',
    customer_name: 'Léa Morel',
    description: null,
    hosted_invoice_url: 'https://invoice.example/in_1',
    lines: list({ id: 'il_1', description: 'Abonnement' }),
    status: 'paid',
  };
  const paid = {
    amountMinor: 5_000,
    currency: 'JPY',
    isPaid: true,
    email: 'lea@example.com',
    invoiceId: 'in_1',
  };

  it('goes by its intent, named by the invoice (old) or by its payments (new)', () => {
    expect(paymentFrom({ ...invoice, paid: true, payment_intent: 'pi_1', charge: 'ch_1' })).toMatchObject({
      ...paid,
      identity: 'pi_1',
      chargeId: 'ch_1',
      description: 'Abonnement',
    });
    const payments = list(
      { id: 'inpay_0', status: 'canceled', payment: { type: 'payment_intent', payment_intent: 'pi_0' } },
      { id: 'inpay_1', status: 'paid', payment: { type: 'payment_intent', payment_intent: 'pi_1' } },
    );
    expect(paymentFrom({ ...invoice, payments })).toMatchObject({ ...paid, identity: 'pi_1' });
  });

  it('goes by an expanded intent too', () => {
    expect(
      paymentFrom({ ...invoice, payment_intent: { id: 'pi_1', object: 'payment_intent' } })?.identity,
    ).toBe('pi_1');
  });

  it('goes by the charge, or the invoice, where no intent is told', () => {
    const charged = list({ status: 'paid', payment: { type: 'charge', charge: 'ch_1' } });
    expect(paymentFrom({ ...invoice, payments: charged })?.identity).toBe('ch_1');
    expect(paymentFrom(invoice)?.identity).toBe('in_1');
  });

  it('of nothing (a trial) is a payment of zero', () => {
    expect(paymentFrom({ ...invoice, amount_paid: 0 })?.amountMinor).toBe(0);
  });
});

describe('refunds', () => {
  const refund = {
    id: 're_1',
    object: 'refund',
    amount: 2_000,
    charge: 'ch_1',
    created,
    currency: 'eur',
    payment_intent: 'pi_1',
    reason: 'requested_by_customer',
    status: 'succeeded',
  };
  const read = {
    id: 're_1',
    amountMinor: 2_000,
    currency: 'EUR',
    paymentIdentity: 'pi_1',
    chargeId: 'ch_1',
    status: 'succeeded',
    reason: 'requested_by_customer',
    createdAt,
  };

  it('are read from themselves and from a charge that carries them (old)', () => {
    expect(refundsFrom(refund)).toEqual({ chargeId: 'ch_1', refunds: [read] });
    const old = {
      ...charge,
      amount_refunded: 2_000,
      refunds: list({ ...refund, payment_intent: undefined }),
    };
    expect(refundsFrom(old)).toEqual({ chargeId: 'ch_1', refunds: [read] });
  });

  it('of a charge that carries none (new) are at least their sum, under an id that grows with it', () => {
    const { chargeId, refunds } = refundsFrom({ ...charge, amount_refunded: 3_000 });
    expect(chargeId).toBe('ch_1');
    expect(refunds).toMatchObject([{ id: 'ch_1:3000', amountMinor: 3_000, paymentIdentity: 'pi_1' }]);
    expect(refundsFrom(charge).refunds).toEqual([]);
  });

  it('go by the charge where there is no intent', () => {
    expect(refundsFrom({ ...refund, payment_intent: null }).refunds[0]?.paymentIdentity).toBe('ch_1');
  });

  it('are not read from anything else', () => {
    expect(refundsFrom(intent)).toEqual({ chargeId: null, refunds: [] });
    expect(refundsFrom(null)).toEqual({ chargeId: null, refunds: [] });
  });
});
