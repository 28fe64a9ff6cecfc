import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { digestOf } from '../../server/connect/digest.ts';
import type { MoneyResult } from '../../server/engine/money/result.ts';
import { addAccessCode, addAccessFamily, addAccessToken } from '../../server/store/accesses.ts';
import { saveAlertDestinations } from '../../server/store/alert-settings.ts';
import { raiseAlert } from '../../server/store/alerts.ts';
import type { Database } from '../../server/store/database.ts';
import { insertTest } from '../../server/store/dispatches.ts';
import { addEventFile } from '../../server/store/event-files.ts';
import { insertEvents } from '../../server/store/inbox.ts';
import { addMailLogs, rememberMade } from '../../server/store/mail-logs.ts';
import { accept } from '../../server/store/money-accepted.ts';
import { beginCheck, finishCheck, keepMoneyPair } from '../../server/store/money-accounts.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';
import { putReceiverSecret } from '../../server/store/receiver-secrets.ts';
import { insertReceiver } from '../../server/store/receivers.ts';
import { saveCached } from '../../server/store/record-cache.ts';
import { addAct, addRunRecord } from '../../server/store/record-history.ts';
import { nameRuns, RUN_NAME } from '../../server/store/record-names.ts';
import { addSignIn, addSignInCode } from '../../server/store/sign-ins.ts';
import { addHints } from '../../server/store/sync-hints.ts';
import { insertLinks } from '../../server/store/sync-links.ts';
import { insertPass, savePass } from '../../server/store/sync-passes.ts';
import { saveChanged, saveFailures } from '../../server/store/sync-records.ts';
import { beginWrites, endWrites } from '../../server/store/sync-writes.ts';
import { ensureSync, saveSync } from '../../server/store/syncs.ts';
import { saveUser } from '../../server/store/users.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { TEST_SYNC } from './rig.ts';
import { newPage, postJson, type Tokens } from './visitor.ts';

/** Stands in everything that the other organisation has: no answer to anybody else may hold it. */
export const CANARY = 'Confiserie-Zytoune';

export interface OtherOrganisation {
  readonly id: string;
  readonly externalId: string;
  readonly userId: string;
  /** Runs by state. */
  readonly shelved: string;
  readonly waiting: string;
  readonly done: string;
  /** Of its sync: a link, the left record of it, and a pass that wrote it. */
  readonly link: string;
  readonly record: string;
  readonly pass: string;
  /** A record of its CRM that somebody of it looked at. */
  readonly deal: string;
  /** An account whose money is held against its books. */
  readonly money: string;
  /** An address that is told of things, and one of those. */
  readonly receiver: string;
  readonly dispatch: string;
  /** What a person of it let another application do. */
  readonly access: string;
  /** A connection that signs in, and one that takes a key. */
  readonly connection: string;
  readonly keyed: string;
  readonly tokens: Tokens;
}

/** A second organisation with a row of its own in every table that is about organisations, and a session. */
export async function makeOtherOrganisation(database: Database, url: string): Promise<OtherOrganisation> {
  const id = randomUUID();
  const externalId = '30011122233';
  await saveOrganisation(database, {
    id,
    externalId,
    name: CANARY,
    locale: 'fr-CH',
    timeZone: 'Europe/Zurich',
    currency: 'CHF',
  });
  const user = await saveUser(database, {
    id: randomUUID(),
    organisationId: id,
    externalId: '5551110000000300002',
    name: `Nadia ${CANARY}`,
    email: 'nadia@confiserie.example',
    locale: 'fr-CH',
    role: 'admin',
  });
  const connections: string[] = [];
  for (const connector of ['zoho-crm', 'slack', 'stripe', 'mailchimp']) {
    const { id: connection, grantId } = await insertConnection(database, {
      organisationId: id,
      connector,
      account: { id: 'acct', name: CANARY },
      dataCentre: 'eu',
    });
    connections.push(connection);
    await database.query(
      `insert into secrets (grant_id, name, sealed, key_id) values ($1, 'tokens', $2, 'k')`,
      [grantId, randomBytes(40)],
    );
    await database.query(
      `insert into subscriptions (connection_id, vendor_id, kind, url, topics) values ($1, $2, 'secret-header', 'http://x.example', array[$2])`,
      [connection, `sub-${CANARY}`],
    );
    const sentence = { en: CANARY, fr: CANARY };
    await database.query(
      `insert into connection_health (connection_id, success_at, failure_at, failure) values ($1, now(), now(), $2)`,
      [connection, JSON.stringify({ kind: 'rejected', sentence, vendorMessage: CANARY })],
    );
  }
  await database.query(
    `insert into integrations (organisation_id, id, flow, enabled, settings)
     values ($1, 'deal-won-to-slack', 'deal-won-to-slack', true, $2), ($1, 'sheet-row-to-lead', 'sheet-row-to-lead', false, '{}')`,
    [id, JSON.stringify({ channel: `#${CANARY}` })],
  );
  await database.query(
    `insert into cursors (organisation_id, integration, cursor) values ($1, 'sheet-row-to-lead', '1')`,
    [id],
  );
  await insertEvents(
    database,
    ['shelved', 'waiting', 'done'].map((state) => ({
      organisationId: id,
      connectionId: connections[0]!,
      connector: 'zoho-crm',
      eventKey: `event-${state}-${CANARY}`,
      topic: 'Deals.workflow',
      recordId: `deal-${state}`,
      contentType: 'application/json',
      body: JSON.stringify({ note: CANARY }),
    })),
    [],
  );
  const events = await database.query<{ id: string }>(
    'select id from inbox where organisation_id = $1 order by id',
    [id],
  );
  const runs: Record<string, string> = {};
  for (const [index, state] of ['shelved', 'waiting', 'done'].entries()) {
    const run = randomUUID();
    runs[state] = run;
    await database.query(
      `with made as (
         insert into runs as r (id, organisation_id, integration, record_object, record_id, record_label, event_id, state, attempt, summary)
         values ($1, $2, 'deal-won-to-slack', 'zohoCrm.deals', $3, $4, $5, $6, 3, $7) returning r.id, ${RUN_NAME})
       ${nameRuns('made')}`,
      [
        run,
        id,
        `deal-${state}-of-other`,
        `${CANARY} ${state}`,
        events[index]!.id,
        state,
        state === 'done' ? JSON.stringify({ en: CANARY, fr: CANARY }) : null,
      ],
    );
    await database.query(
      `insert into steps (run_id, name, position, state, exchanges, started_at) values ($1, 'post', 1, 'failed', $2, now())`,
      [run, JSON.stringify([])],
    );
  }
  await database.query(
    `insert into links (organisation_id, integration, left_id, right_id) values ($1, 'sheet-row-to-lead', 'row-1', $2)`,
    [id, `lead-${CANARY}`],
  );
  await database.query(
    `insert into claims (organisation_id, integration, identity, run_id) values ($1, 'deal-won-to-slack', $2, $3)`,
    [id, `deal-${CANARY}`, runs.done],
  );
  await addLoggedMail(database, id, user.id);
  const sync = await addSync(database, id);
  const deal = await addLookedAt(database, {
    id,
    crm: connections[0]!,
    vendor: connections[2]!,
    run: runs.done!,
  });
  const money = await keepMoneyPair(
    database,
    id,
    {
      connector: 'stripe',
      accountId: `acct_${CANARY}`,
      accountName: CANARY,
      booksConnector: 'zoho-books',
      booksAccountId: `books-${CANARY}`,
      booksName: CANARY,
    },
    randomUUID(),
  );
  await beginCheck(database, money);
  await finishCheck(database, money, { result: foundMoney(), openDifferences: 1 });
  await accept(database, money, { key: CANARY, fingerprint: CANARY, note: CANARY, acceptedBy: CANARY });
  const { shelved = '', waiting = '', done = '' } = runs;
  const tokens = await sessionOf(database, url, { id, userId: user.id });
  const [, , keyed = '', connection = ''] = connections;
  return {
    id,
    externalId,
    userId: user.id,
    shelved,
    waiting,
    done,
    ...sync,
    deal,
    money,
    ...(await insertToldReceiver(database, id)),
    access: await insertAccess(database, { id, userId: user.id }),
    connection,
    keyed,
    tokens,
  };
}

/** A mail that was logged, its file, and a person who was made of one. */
async function addLoggedMail(database: Database, organisationId: string, userId: string): Promise<void> {
  const digest = createHash('sha256').update(CANARY).digest();
  const log = {
    ...{ organisationId, mail: digest, message: digest, module: 'Contacts', recordId: '5551110000000700002' },
    ...{ recordName: CANARY, integration: 'mail-to-crm', eventKey: `mail-${CANARY}` },
    ...{ askedBy: userId, askedName: CANARY },
  };
  await addMailLogs(database, [log]);
  await addEventFile(database, {
    ...{ organisationId, id: randomUUID(), connector: 'zoho-crm', eventKeys: [log.eventKey] },
    content: Buffer.from(CANARY),
  });
  await rememberMade(database, organisationId, JSON.stringify([null, CANARY]), { name: CANARY });
}

async function insertToldReceiver(
  database: Database,
  organisationId: string,
): Promise<{ receiver: string; dispatch: string }> {
  const receiver = randomUUID();
  const url = `https://hooks.confiserie.example/${CANARY}`;
  const told = { id: receiver, organisationId, url, description: CANARY, facts: ['deal.won'] };
  await insertReceiver(database, { ...told, integrations: null }, 1);
  await putReceiverSecret(
    database,
    { id: randomUUID(), receiverId: receiver, sealed: randomBytes(40), keyId: 'k' },
    0,
  );
  return { receiver, dispatch: await insertTest(database, told, { text: CANARY }) };
}

/** Another application that a person of it let in, with a token and a receiver of its own. */
async function insertAccess(
  database: Database,
  { id, userId }: { id: string; userId: string },
): Promise<string> {
  const code = {
    application: `app-${CANARY}`,
    organisationId: id,
    userId,
    redirectUri: 'https://app.confiserie.example/return',
    scopes: ['read', 'hooks'],
    challenge: randomBytes(32).toString('base64url'),
  };
  const codeDigest = randomBytes(32);
  const [accessId, familyId] = [randomUUID(), randomUUID()];
  await addAccessCode(database, { ...code, digest: codeDigest }, 60_000);
  await addAccessFamily(database, { accessId, familyId, codeDigest }, code);
  await addAccessToken(database, { digest: randomBytes(32), familyId, kind: 'refresh' }, 3_600_000);
  const receiver = { id: randomUUID(), organisationId: id, facts: ['deal.won'], integrations: null };
  const url = `https://hooks.confiserie.example/app-${CANARY}`;
  await insertReceiver(database, { ...receiver, url, description: CANARY, accessId }, 1);
  return accessId;
}

/** What a check found: one payment that is not booked. */
function foundMoney(): MoneyResult {
  const day = { day: '2026-11-23', minor: 4_900 };
  const event = { topic: 'payment_intent.succeeded', recordId: `pi_${CANARY}`, body: { note: CANARY } };
  return {
    from: '2026-11-01',
    to: '2026-11-30',
    days: [],
    fees: [],
    payouts: [],
    differences: [
      {
        key: 'txn_1',
        reason: 'not-booked',
        kind: 'payment',
        currency: 'CHF',
        vendor: day,
        books: null,
        minor: day.minor,
        who: CANARY,
        reference: `pi_${CANARY}`,
        movement: { id: 'txn_1', object: 'stripe.payments', recordId: `pi_${CANARY}`, event },
        document: null,
        run: null,
        says: null,
        isYoung: false,
      },
    ],
    omitted: 0,
    isPart: false,
    movements: 1,
    documents: 0,
  };
}

/** A deal whose page was opened, with what the CRM and a vendor said, a run about it and what was done there. */
async function addLookedAt(
  database: Database,
  other: { id: string; crm: string; vendor: string; run: string },
): Promise<string> {
  const key = { organisationId: other.id, module: 'Deals', id: '5551110000000700001' };
  const ref = { object: 'zohoCrm.deals', id: 'deal-done-of-other' };
  const refs = [ref, { object: 'stripe.customers', id: `cus_${CANARY}` }];
  const subject = {
    module: 'Deals',
    id: key.id,
    ref,
    title: CANARY,
    name: CANARY,
    company: CANARY,
    emails: ['nadia@confiserie.example'],
    phones: [],
    related: [],
    facts: [],
    url: null,
  };
  const words = { en: CANARY, fr: CANARY };
  const data = {
    sections: [{ id: 'told', titles: words, layout: 'rows' as const, rows: [], empty: words }],
    refs,
    actions: [],
  };
  const askedAt = new Date();
  await saveCached(database, key, {
    connectionId: other.crm,
    connector: 'zoho-crm',
    data: subject,
    refs: [ref],
    askedAt,
  });
  await saveCached(database, key, { connectionId: other.vendor, connector: 'stripe', data, refs, askedAt });
  await addRunRecord(database, { id: other.run, organisationId: other.id }, refs[1]!);
  await addAct(database, key, {
    connector: 'stripe',
    action: 'create-customer',
    userName: CANARY,
    sentence: words,
  });
  return key.id;
}

/** A sync under way, with a pair of which a person must decide a field, a shelved record and an open alert. */
async function addSync(database: Database, organisationId: string) {
  const key = { organisationId, integration: TEST_SYNC.id };
  const pass = randomUUID();
  const record = `left-${CANARY}`;
  const values = { name: CANARY, email: 'nadia@confiserie.example' };
  await ensureSync(database, organisationId, TEST_SYNC.id);
  await saveSync(database, key, {
    phase: 'paused',
    pause: { code: 'brake', en: CANARY, fr: CANARY, phase: 'live' },
  });
  await database.query(
    `insert into integrations (organisation_id, id, flow, enabled, settings) values ($1, $2, $2, true, '{}')`,
    [organisationId, TEST_SYNC.id],
  );
  await insertPass(database, key, { id: pass, kind: 'preview' });
  await savePass(database, pass, { state: 'done' });
  const seen = {
    version: `v-${CANARY}`,
    values,
    label: CANARY,
    keys: [],
    urgent: false,
    sweep: 1,
    marker: null,
  };
  await saveChanged(database, key, 'left', [
    { id: record, excluded: null, ...seen },
    { id: `excluded-${CANARY}`, excluded: { code: 'ambiguous', en: CANARY, fr: CANARY }, ...seen },
  ]);
  await saveChanged(database, key, 'right', [
    { id: `right-${CANARY}`, excluded: null, ...seen },
    { id: `shelved-${CANARY}`, excluded: null, ...seen },
  ]);
  const error = { kind: 'rejected', sentence: { en: CANARY, fr: CANARY }, vendorMessage: CANARY };
  await saveFailures(database, key, [
    { side: 'right', id: `shelved-${CANARY}`, error, retryIn: null, reread: false },
  ]);
  const conflicts = [{ field: 'name', left: CANARY, right: null, winner: null }];
  const [link] = await insertLinks(database, key, [
    { leftId: record, rightId: `right-${CANARY}`, base: {}, conflicts },
  ]);
  const [write] = await beginWrites(database, key, pass, [
    {
      linkId: link!.id,
      side: 'left',
      recordId: record,
      fromId: `right-${CANARY}`,
      operation: 'update',
      before: { name: `before ${CANARY}` },
      after: { name: CANARY },
      marker: null,
      agreed: null,
    },
  ]);
  await endWrites(
    database,
    { left: { application: 'crm', object: 'people' }, right: { application: 'chat', object: 'people' } },
    [{ id: write!, state: 'done', recordId: record, after: null, error: null }],
  );
  await addHints(database, [{ ...key, side: 'left', recordId: record }]);
  await saveAlertDestinations(database, organisationId, [
    { connector: 'slack', target: `C-${CANARY}`, title: `#${CANARY}` },
    { email: `alerts-${CANARY.toLowerCase()}@confiserie.example` },
  ]);
  await raiseAlert(database, { ...key, cause: `sync-brake ${CANARY}`, sentence: { en: CANARY, fr: CANARY } });
  return { link: link!.id, record, pass };
}

async function sessionOf(
  database: Database,
  url: string,
  { id, userId }: { id: string; userId: string },
): Promise<Tokens> {
  const signInId = randomUUID();
  const wish = { id: signInId, organisationId: id, userId, browserDigest: randomBytes(32) };
  await addSignIn(database, wish, 3_600_000);
  const { verifier, challenge } = newPage();
  const code = randomBytes(32).toString('base64url');
  await addSignInCode(database, { codeDigest: digestOf(code), signInId, challenge }, 60_000);
  return (await (await postJson(url, '/session', { code, verifier })).json()) as Tokens;
}

/** Every row of the database that is the organisation's, or names something of its own, as text. */
export async function rowsOf(database: Database, { id }: { id: string }): Promise<string[]> {
  const tables = await database.query<{ name: string; owned: boolean }>(
    `select t.table_name as name, exists (select from information_schema.columns c
       where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'organisation_id') as owned
     from information_schema.tables t where t.table_schema = 'public' order by 1`,
  );
  const ofAll = (owned: boolean, selected: (name: string) => string): string =>
    tables
      .filter((table) => table.owned === owned)
      .map(({ name }) => selected(name))
      .join(' union all ');
  const owned = await database.query<{ name: string; row: Record<string, unknown> }>(
    ofAll(
      true,
      (name) => `select '${name}' as name, to_jsonb(t) as row from "${name}" t where organisation_id = $1`,
    ),
    [id],
  );
  const own = new Set([id, ...owned.flatMap(({ row }) => (typeof row.id === 'string' ? [row.id] : []))]);
  const named = await database.query<{ name: string; text: string }>(
    ofAll(
      false,
      (name) =>
        `select '${name}' as name, to_jsonb(t)::text as text from "${name}" t where exists (select from unnest($1::text[]) as own(id) where strpos(to_jsonb(t)::text, own.id) > 0)`,
    ),
    [[...own]],
  );
  const rows = [
    ...owned.map(({ name, row }) => `${name} ${JSON.stringify(row)}`),
    ...named.map(({ name, text }) => `${name} ${text}`),
  ];
  return rows.sort();
}

/** Everything by which something of the organisation could be named: its ids, keys and marks, from every table. */
export async function idsOf(database: Database, organisation: OtherOrganisation): Promise<string[]> {
  const ids = new Set<string>();
  for (const row of await rowsOf(database, organisation)) {
    const values = JSON.parse(row.slice(row.indexOf(' ') + 1)) as Record<string, unknown>;
    for (const [column, value] of Object.entries(values)) {
      const named = /(^|_)(id|key|identity|digest)$/.test(column);
      if (named && (typeof value === 'string' || typeof value === 'number')) ids.add(String(value));
    }
  }
  return [...ids];
}
