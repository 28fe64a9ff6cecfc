import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { smtpMail } from '../../server/alerts/mail.ts';
import { type TellParts, tellAlerts } from '../../server/alerts/tell-alerts.ts';
import { watchCauses } from '../../server/alerts/watch-causes.ts';
import type { SlackClient } from '../../server/connectors/slack/client.ts';
import { slack } from '../../server/connectors/slack/connector.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import type { ConnectorHttp } from '../../server/core/connector.ts';
import { saveAlertDestinations } from '../../server/store/alert-settings.ts';
import { closeAlert, raiseAlert } from '../../server/store/alerts.ts';
import { type Connected, type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, openRig, type Rig, testFlow } from '../engine/rig.ts';

let rig: Rig;
let sandbox: OpenSandbox;
let inSlack: Connected<SlackClient>;
let inCrm: Connected<ZohoCrmClient>;
let smtp: SMTPServer;
let parts: TellParts;
const mails: string[] = [];

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
      flowRows: async () => [],
      open: async () => ({}) as ConnectorHttp,
    },
    log: { info() {}, warn() {}, error() {} },
    ifFree: async (_key, work) => {
      await work();
      return true;
    },
    mail: smtpMail(`smtp://127.0.0.1:${port}`, 'liaison@atelier.example'),
    gatherMs: 0,
  };
}, 60_000);
afterAll(async () => {
  await new Promise<void>((resolve) => {
    smtp.close(() => resolve());
  });
  await sandbox.close();
  await rig.close();
});
beforeEach(async () => {
  mails.length = 0;
  await rig.database.query('delete from alerts');
});

const raise = (cause: string) =>
  raiseAlert(rig.database, {
    organisationId: ORGANISATION.id,
    cause,
    flow: null,
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
    expect(writes.map(({ object }) => object).sort()).toEqual(['message', 'task']);
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
    const mute = { ...parts, mail: smtpMail('smtp://127.0.0.1:1', 'liaison@atelier.example') };
    await tellAlerts(mute);
    const [row] = await rig.database.query<{ reason: string; tries: number }>(
      `select tell_error->>'en' as reason, tries from alerts`,
    );
    expect(row).toMatchObject({ reason: expect.stringContaining('SMTP_URL'), tries: 1 });
    await rig.database.query('update alerts set tell_at = now()');
    await tellAlerts(parts);
    expect(mails).toHaveLength(1);
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
      `insert into runs (id, organisation_id, flow, record_object, record_id, event_id, state, error)
       select gen_random_uuid(), $1, $2, 'x', $3, id, 'shelved', '{"kind": "rejected", "sentence": {"en": "No.", "fr": "Non."}}' from inbox limit 1`,
      [ORGANISATION.id, flow.id, String(index)],
    );
  }
  const watch = { database: rig.database, flows: new Map([[flow.id, flow]]), connectors: new Map() };
  await watchCauses(watch);
  await watchCauses(watch);
  const open = () =>
    rig.database.query<{ cause: string; fr: string }>(
      `select cause, sentence->>'fr' as fr from alerts where closed_at is null`,
    );
  expect(await open()).toEqual([
    { cause: 'shelf test-flow rejected', fr: 'test : 3 exécutions attendent de côté. Non.' },
  ]);
  await rig.database.query(`update runs set state = 'done'`);
  await watchCauses(watch);
  expect(await open()).toEqual([]);
});
