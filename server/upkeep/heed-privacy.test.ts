import { randomUUID } from 'node:crypto';
import { insertConnection } from '../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import type { Connector } from '../core/connector.ts';
import type { PrivacyRequest } from '../core/privacy.ts';
import { alertsOf } from '../store/alerts.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { bindRoles } from '../store/integration-roles.ts';
import { saveIntegration } from '../store/integrations.ts';
import { accept } from '../store/money-accepted.ts';
import {
  beginCheck,
  failCheck,
  finishCheck,
  keepMoneyPair,
  moneyAccount,
  noteProgress,
} from '../store/money-accounts.ts';
import { saveOrganisation } from '../store/organisations.ts';
import { addPrivacyRequest } from '../store/privacy-requests.ts';
import { saveCached } from '../store/record-cache.ts';
import { heedPrivacy } from './heed-privacy.ts';

const SHOP = 'mine.example';
const OBJECT = 'shop.orders';
const connectors = new Map([['shop', { titles: { en: 'Shop', fr: 'Boutique' } } as Connector]]);

let test: TestDatabase;
let database: Database;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

/** An organisation with an account of a shop, and an integration that uses it. */
async function organisation(account = SHOP): Promise<string> {
  const id = randomUUID();
  const about = { name: id, locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' };
  await saveOrganisation(database, { id, externalId: id, ...about });
  const named = { id: account, name: `Shop ${account}` };
  const connection = await insertConnection(database, {
    organisationId: id,
    connector: 'shop',
    account: named,
  });
  const integration = { organisationId: id, id: 'orders', flow: 'orders', enabled: true, settings: {} };
  await saveIntegration(database, integration);
  await bindRoles(database, { organisationId: id, integration: 'orders' }, { shop: connection.id });
  return id;
}

/** A run about an order, with what was read of it, and by what its customer is known again. */
async function run(of: string, order: string, who: string, state = 'done', account = SHOP): Promise<void> {
  await database.query(
    `with e as (insert into inbox (organisation_id, connector, account, event_key, topic, record_id, content_type)
         values ($1, 'shop', $6, gen_random_uuid()::text, 'changed', $2, 'application/json') returning id),
       r as (insert into runs (id, organisation_id, integration, record_object, record_id, record_label, event_id, state,
           summary, finished_at)
         select run_id_at(now()), $1, 'orders', $3, $2, $4, id, $5, jsonb_build_object('en', 'Order of ' || $4, 'fr', $4),
           now() from e returning id)
     insert into steps (run_id, name, position, state, output, exchanges, started_at)
     select id, 'order', 0, 'done', jsonb_build_object('name', $4), jsonb_build_array($4), now() from r`,
    [of, order, OBJECT, who, state, account],
  );
  await database.query(
    `insert into record_names (organisation_id, integration, part, object, record_id, label)
     values ($1, 'orders', 'run', $2, $3, $4)`,
    [of, OBJECT, order, who],
  );
  await database.query(
    `insert into links (organisation_id, integration, left_id, right_id) values ($1, 'orders', $2, 'c1')
     on conflict do nothing`,
    [of, `customer ${who}@exemple.example ${who} EUR`],
  );
}

const foundOf = (who: string) => ({ result: { differences: [{ key: 'order 1', who }] }, openDifferences: 1 });

/** What a check found of the account's money, what somebody wrote about it, and a card of the shop. @returns the account beside the books. */
async function kept(of: string, who: string, account = SHOP): Promise<string> {
  const books = { booksConnector: 'books', booksAccountId: 'b1', booksName: 'Books' };
  const pair = { connector: 'shop', accountId: account, accountName: account, ...books };
  const id = await keepMoneyPair(database, of, pair, randomUUID());
  await beginCheck(database, id);
  await finishCheck(database, id, foundOf(who));
  await accept(database, id, {
    key: 'order 1',
    fingerprint: '',
    note: `Agreed with ${who}`,
    acceptedBy: 'Hugo',
  });
  const [connection] = await database.query<{ id: string }>(
    `select id from connections where organisation_id = $1 and account->>'id' = $2`,
    [of, account],
  );
  await saveCached(
    database,
    { organisationId: of, module: 'Contacts', id: account },
    {
      connectionId: connection?.id ?? '',
      connector: 'shop',
      data: { title: who, sections: [], actions: [] } as never,
      refs: [],
      askedAt: new Date(),
    },
  );
  return id;
}

/** The tables in which a name stands that no id can hold: hexadecimal has not all of its letters. */
async function traces(name: string): Promise<string[]> {
  const rows = await database.query<{ found: string }>(
    [
      ...['runs', 'steps', 'record_names', 'links', 'privacy_requests', 'alerts'],
      ...['money_accounts', 'money_accepted', 'record_cache'],
    ]
      .map((table) => `select '${table}' as found from ${table} t where t::text ilike $1`)
      .join(' union '),
    [`%${name}%`],
  );
  return rows.map(({ found }) => found).sort();
}

const asked = (
  kind: PrivacyRequest['kind'],
  orders: readonly string[],
  who: string | null,
): PrivacyRequest => ({
  kind,
  key: randomUUID(),
  account: SHOP,
  person: who === null ? null : { id: '7', email: `${who}@exemple.example`, phone: null },
  records: orders.map((id) => ({ object: OBJECT, id })),
});
const heed = () => heedPrivacy({ database, connectors });
const told = async (id: string) => (await alertsOf(database, id, 1)).map(({ sentence }) => sentence.en);

it('tells every organisation that has the shop, each of its own, what it holds of whoever asks, once', async () => {
  const [one, other, elsewhere] = [
    await organisation(),
    await organisation(),
    await organisation('other.example'),
  ];
  await run(one, '1', 'zoe');
  await run(one, '2', 'zoe');
  const request = asked('tell', ['1', '2'], 'zoe');
  await addPrivacyRequest(database, 'shop', request);
  await addPrivacyRequest(database, 'shop', request);
  await heed();
  await heed();
  expect(await told(one)).toEqual([
    expect.stringMatching(
      /^Shop \(Shop mine\.example\).*zoe@exemple\.example.*has 2 entries of their orders \(1, 2\)/,
    ),
  ]);
  expect(await told(other)).toEqual([expect.stringContaining('has 0 entries')]);
  expect(await told(elsewhere)).toEqual([]);
  // Who asked stands in the alert, for as long as there is something to answer, and in the log as before.
  expect(await traces('zoe')).toEqual(['alerts', 'links', 'record_names', 'runs', 'steps']);
});

it('erases whoever asks, also of what was told of them before, and nobody else', async () => {
  const one = await organisation();
  await run(one, '1', 'zoe');
  await run(one, '2', 'otto');
  await addPrivacyRequest(database, 'shop', asked('tell', ['1'], 'zoe'));
  await heed();
  await addPrivacyRequest(database, 'shop', asked('forget', ['1'], 'zoe'));
  await heed();
  expect(await traces('zoe')).toEqual([]);
  expect(await traces('otto')).toEqual(['links', 'record_names', 'runs', 'steps']);
  expect(await told(one)).toContainEqual(expect.stringContaining('asks to be forgotten'));
});

it('leaves a run that waits what it needs, and erases it once it is over', async () => {
  const one = await organisation();
  await run(one, '1', 'zoe', 'shelved');
  await addPrivacyRequest(database, 'shop', asked('forget', ['1'], 'zoe'));
  await heed();
  const steps = await database.query<{ exchanges: unknown[]; output: object }>(
    'select exchanges, output from steps',
  );
  expect(steps).toEqual([{ exchanges: [], output: { name: 'zoe' } }]);
  await database.query(`update runs set state = 'done'`);
  await heed();
  expect(await traces('zoe')).toContain('steps');
  await database.query('update privacy_requests set due_at = now()');
  await heed();
  expect(await traces('zoe')).toEqual([]);
});

it('erases a whole shop that left, and no other shop of the organisation', async () => {
  const one = await organisation();
  await run(one, '1', 'zoe');
  await run(one, '2', 'otto', 'done', 'other.example');
  await addPrivacyRequest(database, 'shop', asked('forget-account', [], null));
  await heed();
  expect(await traces('zoe')).toEqual([]);
  expect(await traces('otto')).toEqual(expect.arrayContaining(['runs', 'steps']));
  expect(await told(one)).toEqual([expect.stringContaining('took Liaison out')]);
});

it('erases what a check of the money found of whoever asks, and the shop’s cards, and asks for a check again', async () => {
  const [one, elsewhere] = [await organisation(), await organisation('other.example')];
  const id = await kept(one, 'zoe');
  await kept(elsewhere, 'otto', 'other.example');
  await database.query(`update money_accounts set open_differences = 7`);
  await addPrivacyRequest(database, 'shop', asked('forget', ['1'], 'zoe'));
  await heed();
  // A note is the accountant's own word on the books.
  expect(await traces('zoe')).toEqual(['money_accepted']);
  expect(await traces('otto')).toEqual(['money_accepted', 'money_accounts', 'record_cache']);
  expect(await moneyAccount(database, one, id)).toMatchObject({
    checkedAt: null,
    openDifferences: 0,
    askedAt: expect.any(Date),
  });
});

it('a check that is under way when something is erased brings nothing of it back, and one is made again', async () => {
  const one = await organisation();
  const id = await kept(one, 'zoe');
  await beginCheck(database, id);
  await addPrivacyRequest(database, 'shop', asked('forget', ['1'], 'zoe'));
  await heed();
  expect(await noteProgress(database, id, { phase: 'vendor', read: 3 })).toBe(true);
  await finishCheck(database, id, foundOf('zoe'));
  await failCheck(database, id, { side: 'vendor', kind: 'refused', sentence: { en: 'zoe', fr: 'zoe' } });
  expect(await traces('zoe')).toEqual(['money_accepted']);
  expect(await moneyAccount(database, one, id)).toMatchObject({ askedAt: expect.any(Date), error: null });
  await beginCheck(database, id);
  await finishCheck(database, id, foundOf('otto'));
  expect(await traces('otto')).toEqual(['money_accounts']);
});

it('erases all that is kept of a shop that left, notes among it, and asks it nothing any more', async () => {
  const one = await organisation();
  const id = await kept(one, 'zoe');
  await addPrivacyRequest(database, 'shop', asked('forget-account', [], null));
  await heed();
  expect(await traces('zoe')).toEqual([]);
  expect(await moneyAccount(database, one, id)).toMatchObject({ checkedAt: null, askedAt: null });
});

it('does the others where one cannot be done, and that one later', async () => {
  const one = await organisation();
  await run(one, '1', 'zoe');
  await addPrivacyRequest(database, 'shop', asked('tell', ['1'], 'otto'));
  await database.query(`update privacy_requests set request = request - 'person' || '{"records": "none"}'`);
  await addPrivacyRequest(database, 'shop', asked('forget', ['1'], 'zoe'));
  await expect(heed()).rejects.toThrow();
  await heed();
  expect(await traces('zoe')).toEqual([]);
  const open = await database.query('select id from privacy_requests where done_at is null');
  expect(open).toHaveLength(1);
});
