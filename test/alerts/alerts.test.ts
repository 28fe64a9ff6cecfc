import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { smtpMail } from '../../server/alerts/mail.ts';
import { type TellParts, tellAlerts } from '../../server/alerts/tell-alerts.ts';
import { watchCauses } from '../../server/alerts/watch-causes.ts';
import { storedAlertServices } from '../../server/api/alerts/stored-alert-services.ts';
import type { SlackClient } from '../../server/connectors/slack/client.ts';
import { slack } from '../../server/connectors/slack/connector.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import type { ConnectorHttp } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import {
  type AlertDestination,
  alertSettings,
  saveAlertDestinations,
} from '../../server/store/alert-settings.ts';
import { alertsOf, closeAlert, raiseAlert } from '../../server/store/alerts.ts';
import { shelvedRunsOf } from '../../server/store/run-log.ts';
import { saveUser } from '../../server/store/users.ts';
import { type Connected, type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';
import { insertConnection } from '../postgres/insert-connection.ts';

let rig: Rig;
let sandbox: OpenSandbox;
let inSlack: Connected<SlackClient>;
let inCrm: Connected<ZohoCrmClient>;
let smtp: SMTPServer;
let parts: TellParts;
const mails: string[] = [];
const LINK = 'https://liaison.example/#/alerts';
/** A mail server that nobody answers at. */
const MUTE = smtpMail('smtp://127.0.0.1:1', 'liaison@atelier.example');

beforeAll(async () => {
  rig = await openRig();
  sandbox = await openSandbox('alerts');
  inSlack = await sandbox.connect(slack);
  inCrm = await sandbox.connect(zohoCrm);
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const connectors = new Map([
    ['slack', { ...slack, client: () => inSlack.client }],
    ['zoho-crm', { ...zohoCrm, client: () => inCrm.client }],
  ]);
  parts = {
    database: rig.database,
    world: {
      flows: [],
      syncs: [],
      connectors: connectors as never,
      organisation: async () => ORGANISATION,
      integrations: async () => [],
      open: async () => ({}) as ConnectorHttp,
    },
    log: { info() {}, warn() {}, error() {} },
    ifFree: async (_key, work) => {
      await work(new AbortController().signal);
      return true;
    },
    mail: smtpMail(`smtp://127.0.0.1:${port}`, 'liaison@atelier.example'),
    patience: { gatherMs: 0, calmMs: 0 },
    link: LINK,
  };
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    smtp.close(() => resolve());
  });
  await sandbox.close();
  await rig.close();
});
beforeEach(async () => {
  mails.length = 0;
  await rig.database.query(
    'delete from alerts; delete from alert_settings; delete from users; delete from runs',
  );
});

/** No application is connected, and no mail server answers. */
const unreachable = (): TellParts => ({
  ...parts,
  mail: MUTE,
  world: {
    ...parts.world,
    async open() {
      throw new LiaisonError('reconnect', { sentence: { en: 'Not connected.', fr: 'Non connecté.' } });
    },
  },
});

const choose = (...destinations: AlertDestination[]) =>
  saveAlertDestinations(rig.database, ORGANISATION.id, destinations);
const openAlerts = async () =>
  (await alertsOf(rig.database, ORGANISATION.id, 7)).filter((row) => !row.closedAt);
const recoveries = () => mails.filter((mail) => /Termin|rentr/.test(mail));

const raise = (cause: string) =>
  raiseAlert(rig.database, {
    organisationId: ORGANISATION.id,
    cause,
    integration: null,
    sentence: { en: `${cause} is wrong.`, fr: `${cause} ne va pas.` },
  });

describe('an alert', () => {
  it('reaches a channel, a task and a mailbox once, several at once in one message, in the organisation’s language', async () => {
    const channel = (await inSlack.client.listChannels())[0];
    await saveAlertDestinations(rig.database, ORGANISATION.id, [
      { connector: 'slack', target: channel?.id ?? '' },
      { connector: 'zoho-crm', target: 'Tasks' },
      { email: 'admin@atelier.example' },
    ]);
    await raise('un');
    await raise('deux');
    await raise('deux');
    await tellAlerts(parts);
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
    const lines = [...(await sandbox.ledger('slack')), ...(await sandbox.ledger('zoho-crm'))];
    const writes = lines.filter(({ action }) => action === 'create');
    const message = writes.find(({ vendor }) => vendor === 'slack')?.record;
    expect(String(message?.text)).toContain('un ne va pas.\ndeux ne va pas.');
    expect(String(message?.text)).toContain(LINK);
    expect(writes.map(({ object }) => object).sort()).toEqual(['message', 'task']);
  });

  it('becomes a task of the user who was chosen', async () => {
    const owner = (await inCrm.client.activeUsers()).find(({ name }) => name === 'Hugo Marchetti')!;
    await choose({ connector: 'zoho-crm', target: owner.id });
    await raise('six');
    await tellAlerts(parts);
    const tasks = (await sandbox.ledger('zoho-crm')).filter(({ object }) => object === 'task');
    expect(tasks.at(-1)?.record).toMatchObject({ Owner: { id: owner.id }, Status: 'Not Started' });
  });

  it('is told to be over when its cause is gone, and not before', async () => {
    await saveAlertDestinations(rig.database, ORGANISATION.id, [{ email: 'admin@atelier.example' }]);
    await raise('trois');
    await tellAlerts(parts);
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
    await closeAlert(rig.database, ORGANISATION.id, 'trois');
    await tellAlerts(parts);
    await tellAlerts(parts);
    expect(mails).toHaveLength(2);
  });

  it('that came and went before anybody was told is not told at all', async () => {
    await saveAlertDestinations(rig.database, ORGANISATION.id, [{ email: 'admin@atelier.example' }]);
    await raise('quatre');
    await closeAlert(rig.database, ORGANISATION.id, 'quatre');
    await tellAlerts(parts);
    expect(mails).toEqual([]);
  });

  it('that could not be told is tried again later, with the reason', async () => {
    await saveAlertDestinations(rig.database, ORGANISATION.id, [{ email: 'admin@atelier.example' }]);
    await raise('cinq');
    await tellAlerts(unreachable());
    const [row] = await rig.database.query<{ reason: string; tries: number }>(
      `select tell_error->>'en' as reason, tries from alerts`,
    );
    expect(row).toMatchObject({ reason: expect.stringContaining('SMTP_URL'), tries: 1 });
    await rig.database.query('update alerts set tell_at = now()');
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
  });
});

describe('where the chosen place cannot be reached', () => {
  const nadia = {
    id: '0d5b8f3e-5d0c-4c57-9a65-8f4f3f9f0a11',
    organisationId: ORGANISATION.id,
    externalId: '77',
    name: 'Nadia',
    email: 'nadia@atelier.example',
    locale: 'fr-FR',
    role: 'admin' as const,
  };

  it('an alert goes to the admins’ own mailboxes, saying why, and is not told twice', async () => {
    await saveUser(rig.database, nadia);
    await choose({ connector: 'slack', target: 'C-gone' });
    await raise('sept');
    await tellAlerts(parts);
    await rig.database.query('update alerts set tell_at = now()');
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('nadia@atelier.example');
    const { outcomes } = await alertSettings(rig.database, ORGANISATION.id);
    expect(outcomes['slack C-gone']?.error?.fr).toEqual(expect.any(String));
    expect(await openAlerts()).toMatchObject([{ cause: 'sept', toldAt: expect.any(Date), tellError: null }]);
  });

  it('and no mail server answers either, it becomes a task in the CRM', async () => {
    const tasks = async () => (await sandbox.ledger('zoho-crm')).filter(({ object }) => object === 'task');
    const before = (await tasks()).length;
    await saveUser(rig.database, nadia);
    await choose({ connector: 'slack', target: 'C-gone' });
    await raise('huit');
    await tellAlerts({ ...parts, mail: MUTE });
    await tellAlerts({ ...parts, mail: MUTE });
    const made = (await tasks()).slice(before);
    expect(made).toHaveLength(1);
    expect(String(made[0]?.record.Description)).toContain('huit ne va pas.');
    expect(String(made[0]?.record.Description)).toContain('n’a pas pu être joint');
  });

  it('and nothing else either, it is told as soon as anything answers', async () => {
    await saveUser(rig.database, nadia);
    await choose({ connector: 'slack', target: 'C-gone' });
    await raise('neuf');
    await tellAlerts(unreachable());
    expect(await openAlerts()).toMatchObject([{ toldAt: null, tellError: { fr: 'Non connecté.' } }]);
    await rig.database.query('update alerts set tell_at = now()');
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
  });
});

it('where nobody has chosen a place, what is still wrong is told once one is chosen', async () => {
  await raise('dix');
  await raise('onze');
  await tellAlerts(parts);
  await closeAlert(rig.database, ORGANISATION.id, 'onze');
  await choose({ email: 'admin@atelier.example' });
  await tellAlerts(parts);
  await tellAlerts(parts);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain('dix');
  expect(mails[0]).not.toContain('onze');
});

it('a cause that comes and goes is told once, and is over once', async () => {
  await choose({ email: 'admin@atelier.example' });
  const calm = { ...parts, patience: { gatherMs: 0, calmMs: 60_000 } };
  for (let times = 0; times < 6; times += 1) {
    await raise('douze');
    await tellAlerts(calm);
    await closeAlert(rig.database, ORGANISATION.id, 'douze');
    await tellAlerts(calm);
  }
  expect(mails).toHaveLength(1);
  await rig.database.query(`update alerts set closed_at = now() - interval '61 seconds'`);
  await tellAlerts(calm);
  await tellAlerts(calm);
  expect(mails).toHaveLength(2);
  expect(recoveries()).toHaveLength(1);
  expect(await alertsOf(rig.database, ORGANISATION.id, 7)).toMatchObject([{ occurrences: 6 }]);
});

describe('a thousand failures of one cause and three of another', () => {
  const shelve = (count: number, kind: string) =>
    rig.database.query(
      `with event as (
         insert into inbox (organisation_id, connector, event_key, topic, content_type, body)
         select $1::uuid, 'x', gen_random_uuid()::text, 'x', 'application/json', '{}' from generate_series(1, $2::int) returning id)
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, error)
       select gen_random_uuid(), $1, 'test-flow', 'x', id, id, 'shelved',
         jsonb_build_object('kind', $3::text, 'sentence', '{"en": "No.", "fr": "Non."}'::jsonb) from event`,
      [ORGANISATION.id, count, kind],
    );

  it('are two alerts with their counts, and one recovery when they are over', async () => {
    const flow = testFlow(async () => ok);
    const watch = {
      database: rig.database,
      flows: new Map([[flow.id, flow]]),
      syncs: new Map(),
      connectors: new Map(),
    };
    await choose({ email: 'admin@atelier.example' });
    await shelve(400, 'rejected');
    await watchCauses(watch);
    await shelve(600, 'rejected');
    await shelve(3, 'gone');
    await watchCauses(watch);
    await watchCauses(watch);
    const open = await openAlerts();
    expect(open.map(({ occurrences, sentence }) => `${occurrences} ${sentence.fr}`).sort()).toEqual([
      '1000 test\u00a0: 1000 exécutions attendent de côté. Non.',
      '3 test\u00a0: 3 exécutions attendent de côté. Non.',
    ]);
    await tellAlerts(parts);
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
    await rig.database.query(`update runs set state = 'done'`);
    await watchCauses(watch);
    await tellAlerts(parts);
    await tellAlerts(parts);
    expect(mails).toHaveLength(2);
    expect(recoveries()).toHaveLength(1);
  });
});

it('a shelved run and a lost connection raise one alert for each cause, and close it when they are over', async () => {
  const flow = testFlow(async () => {
    throw new Error('out of order');
  });
  await rig.database.query(
    `insert into inbox (organisation_id, connector, event_key, topic, content_type, body) values ($1, 'x', 'x', 'x', 'application/json', '{}')`,
    [ORGANISATION.id],
  );
  for (let index = 1; index <= 3; index += 1) {
    await rig.database.query(
      `insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, error)
       select gen_random_uuid(), $1, $2, 'x', $3, id, 'shelved', '{"kind": "rejected", "sentence": {"en": "No.", "fr": "Non."}}' from inbox limit 1`,
      [ORGANISATION.id, flow.id, String(index)],
    );
  }
  const watch = {
    database: rig.database,
    flows: new Map([[flow.id, flow]]),
    syncs: new Map(),
    connectors: new Map(),
  };
  await watchCauses(watch);
  await watchCauses(watch);
  const open = () =>
    rig.database.query<{ cause: string; fr: string }>(
      `select cause, sentence->>'fr' as fr from alerts where closed_at is null`,
    );
  expect(await open()).toEqual([
    { cause: 'shelf test-flow rejected', fr: 'test\u00a0: 3 exécutions attendent de côté. Non.' },
  ]);
  await rig.database.query(`update runs set state = 'done'`);
  await watchCauses(watch);
  expect(await open()).toEqual([]);
});

describe('a place of one of several accounts', () => {
  const accounts = async () => {
    const of = (id: string) =>
      insertConnection(rig.database, {
        organisationId: ORGANISATION.id,
        connector: 'slack',
        account: { id, name: id },
      });
    return { first: await of('T1'), second: await of('T2') };
  };
  const opened = async () => {
    const seen: (string | null | undefined)[] = [];
    const open: TellParts['world']['open'] = async ({ connectionId }) => {
      seen.push(connectionId);
      if (connectionId === null)
        throw new LiaisonError('reconnect', { sentence: { en: 'Not connected.', fr: 'Non connecté.' } });
      return {} as ConnectorHttp;
    };
    await raise(`several ${seen.length}`);
    await tellAlerts({ ...parts, mail: MUTE, world: { ...parts.world, open } });
    return seen;
  };
  afterEach(() => rig.database.query('delete from connections'));

  it('is reached by that account, whichever is older, and never by another one when it is gone', async () => {
    const { second } = await accounts();
    const [channel] = await inSlack.client.listChannels();
    await choose({ connector: 'slack', target: channel?.id ?? '', account: 'T2' });
    expect(await opened()).toEqual([second.id]);
    await rig.database.query('delete from alerts');
    await rig.database.query('delete from connections where id = $1', [second.id]);
    // Then the place that needs no choosing is told.
    expect(await opened()).toEqual([null, undefined]);
  });
});

describe('when an alert says that it began', () => {
  const alerts = (flow: { id: string }) =>
    storedAlertServices({
      database: rig.database,
      flows: new Map([[flow.id, flow]]) as never,
      syncs: new Map(),
      connectors: new Map(),
      world: parts.world,
      mail: true,
      sendTest: async () => {},
      now: () => 0,
    });
  const shelve = (kind: string, minutesAgo: number, words = 'No.') =>
    rig.database.query(
      `with event as (
         insert into inbox (organisation_id, connector, event_key, topic, content_type, body)
         values ($1, 'x', gen_random_uuid()::text, 'x', 'application/json', '{}') returning id)
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, finished_at, error)
       select gen_random_uuid(), $1, 'test-flow', 'x', id, id, 'shelved', now() - make_interval(mins => $3),
         jsonb_build_object('kind', $2::text, 'sentence', jsonb_build_object('en', $4::text, 'fr', $4::text)) from event`,
      [ORGANISATION.id, kind, minutesAgo, words],
    );

  it('one sentence does not stand for failures of several reasons: their number is told', async () => {
    const flow = testFlow(async () => ok);
    const watch = {
      database: rig.database,
      flows: new Map([[flow.id, flow]]),
      syncs: new Map(),
      connectors: new Map(),
    };
    await shelve('rejected', 2, 'The currency is not known.');
    await watchCauses(watch);
    const told = async () => (await alerts(flow).list(ORGANISATION.id)).alerts[0]?.sentence;
    expect(await told()).toMatchObject({
      en: expect.stringMatching(/on the shelf\. The currency/),
      fr: expect.stringMatching(/de côté\. The currency/),
    });
    await shelve('rejected', 1, 'The amount is none.');
    await watchCauses(watch);
    expect(await told()).toMatchObject({
      en: expect.stringMatching(/2 runs wait on the shelf, for 2 reasons\. One of them: The/),
      fr: expect.stringMatching(/2 exécutions attendent de côté, pour 2 raisons\. L’une d’elles\u00a0: The/),
    });
  });

  it('it is the moment of the first failure, as on the shelf, however late the watch came by', async () => {
    const flow = testFlow(async () => ok);
    const flows = new Map([[flow.id, flow]]);
    const watch = { database: rig.database, flows, syncs: new Map(), connectors: new Map() };
    await shelve('rejected', 7);
    await shelve('rejected', 90);
    await shelve('gone', 3);
    await watchCauses(watch);
    await shelve('gone', 400);
    await watchCauses(watch);
    const shelved = await shelvedRunsOf(rig.database, ORGANISATION.id);
    const { alerts: open } = await alerts(flow).list(ORGANISATION.id);
    expect(open.map(({ openedAt, occurrences }) => [openedAt, occurrences])).toEqual([
      [shelved.find(({ error }) => error?.kind === 'rejected')?.since?.toISOString(), 2],
      [shelved.find(({ error }) => error?.kind === 'gone')?.since?.toISOString(), 2],
    ]);
    const [first] = open;
    expect(Date.now() - Date.parse(first?.openedAt ?? '')).toBeGreaterThan(89 * 60_000);
    // What is over keeps when it was noticed, and nothing of what fails later.
    await rig.database.query(`update runs set state = 'done' where error->>'kind' = 'gone'`);
    await watchCauses(watch);
    await shelve('gone', 500);
    const { recovered } = await alerts(flow).list(ORGANISATION.id);
    expect(recovered).toHaveLength(1);
    expect(Date.now() - Date.parse(recovered[0]?.openedAt ?? '')).toBeLessThan(60_000);
  });
});
