import { LEADS_SPREADSHEET_ID as BOOK } from '../../sandbox/google-sheets/seed.ts';
import type { Why } from '../../server/api/contract.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { allSettled, json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

/** Filters of payments on their way to the books, and of rows on their way to leads. */

const PAYMENTS = 'stripe-payment-to-books';
const ROWS = 'sheet-row-to-lead';

let place: ServedPlace;
let liaison: Liaison;
let looks: EagerLooks;
let google: OutsideUser;

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5' });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  looks = lookEagerly(place.connectionString, ROWS);
  const scope = 'https://www.googleapis.com/auth/spreadsheets';
  google = await outsideUser(liaison.sandboxUrl, 'google', 'google-sheets', 'google-sheets', scope);
}, 90_000);
afterAll(async () => {
  await looks?.stop();
  await endAll(place, [liaison]);
});

const patch = (id: string, body: object) =>
  json(`${liaison.url}/api/v1/integrations/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const whyOf = async (record: string, integration: string) =>
  (await json<Why>(`${liaison.url}/api/v1/why?record=${encodeURIComponent(record)}`)).lines.filter(
    (line) => line.integration?.id === integration,
  );

describe('payments', () => {
  /** Two payments may be of one payer, and are told of together. */
  const runs = async (): Promise<number> =>
    (await json<{ runs: object[] }>(`${liaison.url}/api/v1/runs?integration=${PAYMENTS}&limit=100`)).runs
      .length;
  const pay = async (parameters: object) => {
    const before = await runs();
    const paid = await play(liaison.sandboxUrl, 'stripe-payment', parameters);
    const intent = String(paid.paymentIntent);
    await until(async () => (await runs()) > before);
    await allSettled(liaison.url);
    return { intent, charge: String(paid.charge) };
  };
  const booked = async (intent: string): Promise<number> =>
    (await ledger(liaison.sandboxUrl)).filter(
      ({ vendor, object, action, record }) =>
        vendor === 'zoho-books' &&
        object === 'customerpayment' &&
        action === 'create' &&
        record.reference_number === intent,
    ).length;
  const lastWhy = async (intent: string) => (await whyOf(intent, PAYMENTS))[0]?.sentence.en;

  it('are booked when they fit, to the cent, and are left out with the reason when they do not', async () => {
    await patch(PAYMENTS, { filter: { all: [{ field: 'amount', is: 'at-least', value: 1_000 }] } });
    const [just, below] = [await pay({ amountMinor: 100_000 }), await pay({ amountMinor: 99_999 })];
    expect([await booked(just.intent), await booked(below.intent)]).toEqual([1, 0]);
    expect(await lastWhy(below.intent)).toMatch(/Amount.+999\.99.+1,000/);
    // Yen have no smaller unit, and are compared with nothing that is in euros.
    const yen = await pay({ amountMinor: 200_000, currency: 'jpy' });
    expect(await booked(yen.intent)).toBe(0);
    expect(await lastWhy(yen.intent)).toMatch(/¥200,000, in another currency/);
  }, 90_000);

  it('are judged by who pays and in which currency, with any of several conditions', async () => {
    await patch(PAYMENTS, {
      filter: {
        any: [
          { field: 'email', is: 'contains', value: 'BOULANGERIE-pelissier' },
          {
            all: [
              { field: 'currency', is: 'in', value: ['USD', 'JPY'] },
              { field: 'name', is: 'filled' },
            ],
          },
        ],
      },
    });
    const hers = await pay({ email: 'juliette@boulangerie-pelissier.example', amountMinor: 1_200 });
    const yen = await pay({ amountMinor: 49_900, currency: 'jpy' });
    const other = await pay({ email: 'quelquun@exemple.example', amountMinor: 990_000 });
    expect([await booked(hers.intent), await booked(yen.intent), await booked(other.intent)]).toEqual([
      1, 1, 0,
    ]);
  }, 90_000);

  it('that are booked stay so whatever the filter becomes: their refunds are taken in', async () => {
    await patch(PAYMENTS, { filter: null });
    const paid = await pay({ amountMinor: 64_000 });
    expect(await booked(paid.intent)).toBe(1);
    await patch(PAYMENTS, { filter: { all: [{ field: 'amount', is: 'at-least', value: 9_000_000 }] } });
    const left = await pay({ amountMinor: 65_000 });
    for (const { charge } of [paid, left]) await play(liaison.sandboxUrl, 'stripe-refund', { charge });
    await until(async () => (await whyOf(paid.intent, PAYMENTS)).length > 1);
    await allSettled(liaison.url);
    expect([await booked(paid.intent), await booked(left.intent)]).toEqual([1, 0]);
    const of = async (intent: string) => (await whyOf(intent, PAYMENTS)).map(({ sentence }) => sentence.en);
    expect((await of(paid.intent)).some((text) => /refund/i.test(text))).toBe(true);
    await patch(PAYMENTS, { filter: null });
  }, 90_000);
});

describe('rows', () => {
  const put = (range: string, row: readonly string[]) =>
    google.call(
      'PUT',
      `/v4/spreadsheets/${BOOK}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`,
      { values: [row] },
    );
  const leadsOf = async (email: string): Promise<Record<string, unknown>[]> => {
    const { tables } = await json<{ tables: Record<string, Record<string, unknown>[]> }>(
      `${liaison.sandboxUrl}/_sandbox/state/zoho-crm`,
    );
    return (tables.Leads ?? []).filter(({ Email }) => Email === email);
  };
  const looked = async () => {
    await looks.twice();
    await allSettled(liaison.url);
  };
  const row = (first: string, email: string, company: string) => [first, 'Roux', email, '', company];
  const HALLE = { all: [{ field: 'Company', is: 'contains', value: 'halle' }] };

  it('become leads when they fit, and one that does not when it begins to, once', async () => {
    await patch(ROWS, { filter: HALLE, filterTakes: 'once' });
    await put('Leads!A7:E7', row('Paul', 'paul@exemple.example', 'La Halle du Midi'));
    await put('Leads!A8:E8', row('Zoé', 'zoe@exemple.example', 'Ailleurs'));
    await until(async () => (await leadsOf('paul@exemple.example')).length === 1);
    await looked();
    expect(await leadsOf('zoe@exemple.example')).toEqual([]);
    const left = await until(async () =>
      (await whyOf('zoe', ROWS)).find(({ outcome }) => outcome === 'skipped'),
    );
    expect(left.sentence.en).toMatch(/Company.+Ailleurs.+halle/);
    await put('Leads!E8', ['Halle neuve']);
    await until(async () => (await leadsOf('zoe@exemple.example')).length === 1);
    // It keeps correcting the lead that it made, also when it fits no longer.
    await put('Leads!A8:E8', row('Zoë', 'zoe@exemple.example', 'Ailleurs encore'));
    await until(async () => (await leadsOf('zoe@exemple.example'))[0]?.First_Name === 'Zoë');
    await looked();
    expect(await leadsOf('zoe@exemple.example')).toMatchObject([{ Company: 'Ailleurs encore' }]);
  }, 120_000);

  it('correct their lead at each change that fits, and at no other, where each is judged', async () => {
    await patch(ROWS, { filter: HALLE, filterTakes: 'each' });
    await put('Leads!A7:E7', row('Pauline', 'paul@exemple.example', 'Ailleurs'));
    await looked();
    expect(await leadsOf('paul@exemple.example')).toMatchObject([{ First_Name: 'Paul' }]);
    await put('Leads!A7:E7', row('Paola', 'paul@exemple.example', 'Halle du Midi'));
    await until(async () => (await leadsOf('paul@exemple.example'))[0]?.First_Name === 'Paola');
    expect(await leadsOf('paul@exemple.example')).toHaveLength(1);
  }, 90_000);
});
