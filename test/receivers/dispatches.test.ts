import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newSecret } from '../../server/receivers/sign.ts';
import { keepAges } from '../../server/store/ages.ts';
import { closeAlert, raiseAlert } from '../../server/store/alerts.ts';
import { loggedDispatches, sendAgain, sendFailedAgain } from '../../server/store/dispatch-log.ts';
import { tell } from '../../server/store/dispatches.ts';
import { receiverOf } from '../../server/store/receivers.ts';
import { beginWrites, endWrites } from '../../server/store/sync-writes.ts';
import { keepReceiverSecret } from '../../server/vault/receiver-secrets.ts';
import { ORGANISATION, testFlow } from '../engine/rig.ts';
import { making, openReceiverRig, type ReceiverRig, telling, until, won } from './rig.ts';

let rig: ReceiverRig;

beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

const log = (id: string) => loggedDispatches(rig.database, id, { limit: 100 });
const counted = async (id: string, state: string) =>
  (await log(id)).filter((one) => one.state === state).length;
/** As if so much time had gone by: everything that waits is due. */
const dueNow = () => rig.database.query(`update dispatches set due_at = now()`);

describe('a fact', () => {
  it('is told once by the run that knows of it, signed so that the official library believes it', async () => {
    const { id, secret } = await rig.receiver();
    const flow = telling(() => won('d1'));
    const engine = await rig.engine([flow]);
    await rig.send(engine, 'd1');
    await rig.send(engine, 'd1');
    await rig.settled();
    rig.dispatcher();
    await until(async () => (await counted(id, 'done')) === 1);
    expect(rig.came('hooks.example.com')).toHaveLength(1);
    expect(rig.verified('hooks.example.com', 0, secret)).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      type: 'deal.won',
      version: 1,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      integration: { id: 'test-flow', flow: 'test-flow', name: null },
      data: won('d1').data,
    });
    expect(() => rig.verified('hooks.example.com', 0, newSecret(randomBytes))).toThrow(
      'No matching signature',
    );
    expect(await log(id)).toMatchObject([
      { fact: 'deal.won', state: 'done', tries: 1, status: 200, error: null },
    ]);
  });

  it('of a run that fails for good is told, and so is that it failed', async () => {
    const { id } = await rig.receiver({ facts: ['deal.won', 'run.failed'] });
    const { LiaisonError } = await import('../../server/core/errors.ts');
    const flow = testFlow(async (context) => {
      await making(context, won('d2'));
      context.label('Café');
      throw new LiaisonError('rejected', { sentence: { en: 'No such field.', fr: 'Champ inconnu.' } });
    });
    const engine = await rig.engine([flow]);
    await rig.send(engine, 'd2');
    await rig.settled();
    expect((await log(id)).map(({ fact, data }) => ({ fact, data }))).toEqual([
      {
        fact: 'run.failed',
        data: {
          run: expect.any(String),
          record: { application: 'vendor', object: 'vendor.thing', id: 'd2', name: 'Café' },
          reason: { code: 'rejected', en: 'No such field.', fr: 'Champ inconnu.' },
        },
      },
      { fact: 'deal.won', data: won('d2').data },
    ]);
  });

  it('is told to whoever listens to it: not of other integrations, not of a person’s own, not elsewhere, not when nobody listens', async () => {
    const other = randomUUID();
    await rig.database.query(
      `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '2', 'B', 'fr-FR', 'Europe/Paris', 'EUR')`,
      [other],
    );
    const listens = await rig.receiver({ integrations: ['won', 'gone'] });
    const others = await rig.receiver({ integrations: ['gone'] });
    const failures = await rig.receiver({ facts: ['run.failed'] });
    const elsewhere = await rig.receiver({ organisationId: other });
    await rig.tell(won('d3'), won('d3'));
    const user = randomUUID();
    await rig.database.query(
      `insert into users (id, organisation_id, external_id, name, email, role) values ($1, $2, 'u', 'U', 'u@a.example', 'rep')`,
      [user, ORGANISATION.id],
    );
    await rig.database.query(`update integrations set owner = $1 where id = 'won'`, [user]);
    await rig.tell(won('d4'));
    expect((await log(listens.id)).map(({ data }) => data)).toEqual([won('d3').data]);
    for (const { id } of [others, failures, elsewhere]) expect(await log(id)).toEqual([]);
  });

  it('that a sync wrote names the record and the fields, never their values', async () => {
    const { id } = await rig.receiver({ facts: ['record.changed'] });
    const objects = {
      left: { application: 'crm', object: 'crm.contacts' },
      right: { application: 'people', object: 'people.person' },
    };
    const write = {
      linkId: null,
      side: 'left',
      recordId: 'c1',
      fromId: 'p1',
      before: { phone: null },
      marker: null,
      agreed: null,
    } as const;
    const writes = await beginWrites(rig.database, rig.key, randomUUID(), [
      { ...write, operation: 'update', after: { phone: '+33 1 23', city: 'Lyon' } },
      { ...write, operation: 'create', recordId: null, after: { phone: '1' } },
      { ...write, operation: 'remove', after: null },
    ]);
    const [updated = '', created = '', removed = ''] = writes;
    const done = { state: 'done', recordId: null, after: null, error: null } as const;
    await endWrites(rig.database, objects, [
      { ...done, id: updated, label: 'Zoé' },
      { ...done, id: created, state: 'failed' },
    ]);
    await endWrites(rig.database, objects, [
      { ...done, id: updated },
      { ...done, id: removed, recordId: 'c1' },
    ]);
    const record = { application: 'crm', object: 'crm.contacts', id: 'c1' };
    const from = { application: 'people', object: 'people.person', id: 'p1', name: null };
    expect((await log(id)).map(({ data }) => data)).toEqual([
      { operation: 'removed', record: { ...record, name: null }, from, fields: [] },
      { operation: 'changed', record: { ...record, name: 'Zoé' }, from, fields: ['city', 'phone'] },
    ]);
  });
});

describe('a dispatch', () => {
  it('that is not taken is tried again, under the same id, until it is; what was answered stands in the log', async () => {
    const { id, secret } = await rig.receiver();
    const answers = [500, 301, 503];
    rig.application.answer = (_request, response) => {
      const status = answers.shift() ?? 204;
      response
        .writeHead(status, { location: 'https://elsewhere.example/' })
        .end(status === 204 ? '' : `no: ${status}`);
    };
    await rig.tell(won('d1'));
    rig.dispatcher();
    for (const tries of [1, 2, 3]) {
      const [one] = await until(async () => {
        const rows = await log(id);
        return rows[0]?.tries === tries ? rows : null;
      });
      expect(one).toMatchObject({ state: 'waiting', answer: `no: ${[500, 301, 503][tries - 1]}` });
      expect(one?.dueAt.getTime()).toBeGreaterThan(Date.now());
      await dueNow();
    }
    await until(async () => (await counted(id, 'done')) === 1);
    const came = rig.came('hooks.example.com');
    expect(came).toHaveLength(4);
    expect(new Set(came.map(({ id: webhookId }) => webhookId)).size).toBe(1);
    for (const index of came.keys()) rig.verified('hooks.example.com', index, secret);
    expect(await receiverOf(rig.database, ORGANISATION.id, id)).toMatchObject({
      failingSince: null,
      state: 'active',
    });
  });

  it('is signed with both secrets while they change, and with the new one alone afterwards', async () => {
    const { id, secret } = await rig.receiver();
    const next = newSecret(randomBytes);
    const receiver = { id, organisationId: ORGANISATION.id };
    await keepReceiverSecret(rig.vault, rig.database, receiver, { id: randomUUID(), text: next }, 3_600);
    await rig.tell(won('d1'));
    rig.dispatcher();
    await until(async () => (await counted(id, 'done')) === 1);
    for (const one of [secret, next]) rig.verified('hooks.example.com', 0, one);
    await rig.database.query(`update receiver_secrets set ends_at = now() where ends_at is not null`);
    await rig.tell(won('d2'));
    await until(async () => (await counted(id, 'done')) === 2);
    rig.verified('hooks.example.com', 1, next);
    expect(() => rig.verified('hooks.example.com', 1, secret)).toThrow('No matching signature');
  });

  it('that a process had in hand when it died is sent by the next one, once its lease is over', async () => {
    const { id } = await rig.receiver();
    await rig.tell(won('d1'));
    await rig.database.query(`update dispatches set taken_until = now() + interval '1 hour'`);
    rig.dispatcher();
    await rig.tell(won('d2'));
    await until(async () => (await counted(id, 'done')) === 1);
    expect(rig.came('hooks.example.com').map(({ data }) => data.record)).toMatchObject([{ id: 'd2' }]);
    await rig.database.query(`update dispatches set taken_until = now() where state = 'waiting'`);
    await until(async () => (await counted(id, 'done')) === 2);
  });

  it('is one for each fact, with several processes at work', async () => {
    const { id } = await rig.receiver();
    await rig.tell(...Array.from({ length: 30 }, (_, index) => won(`d${index}`)));
    rig.dispatcher();
    rig.dispatcher();
    await until(async () => (await counted(id, 'done')) === 30);
    expect(new Set(rig.came('hooks.example.com').map((one) => one.id)).size).toBe(30);
    expect(rig.came('hooks.example.com')).toHaveLength(30);
  });

  it('can be sent again, and so can all that failed since a moment, each under its id', async () => {
    const { id } = await rig.receiver();
    rig.application.answer = (_request, response) => response.writeHead(400).end();
    await rig.tell(won('d1'), won('d2'), won('d3'));
    await rig.database.query(`update dispatches set attempts = 7`);
    await rig.database.query(
      `update dispatches set happened_at = now() - interval '2 days' where key = 'd1'`,
    );
    rig.dispatcher();
    await until(async () => (await counted(id, 'failed')) === 3);
    rig.application.answer = (_request, response) => response.writeHead(200).end();
    const since = new Date(Date.now() - 86_400_000).toISOString();
    expect(await sendFailedAgain(rig.database, id, since)).toBe(2);
    await until(async () => (await counted(id, 'done')) === 2);
    const rows = await log(id);
    const oldest = rows.at(-1);
    expect(oldest).toMatchObject({ state: 'failed', tries: 1 });
    expect(await sendAgain(rig.database, id, oldest?.id ?? '')).toBe(true);
    await until(async () => (await counted(id, 'done')) === 3);
    expect(new Set(rig.came('hooks.example.com').map((one) => one.id)).size).toBe(3);
    expect(await sendAgain(rig.database, randomUUID(), oldest?.id ?? '')).toBe(false);
  });

  it('waits while its receiver is paused, and goes out then', async () => {
    const { id } = await rig.receiver();
    await rig.database.query(`update receivers set state = 'paused' where id = $1`, [id]);
    const other = await rig.receiver({ url: 'https://other.example.com/x' });
    rig.dispatcher();
    await rig.tell(won('d1'));
    await until(async () => (await counted(other.id, 'done')) === 1);
    expect(rig.came('hooks.example.com')).toEqual([]);
    await rig.database.query(`update receivers set state = 'active' where id = $1`, [id]);
    await until(async () => (await counted(id, 'done')) === 1);
  });

  it('loses what it says when its age is over, and is told no second time', async () => {
    const { id } = await rig.receiver({ facts: ['deal.won', 'alert.opened'] });
    const flow = telling(() => won('d1'));
    const engine = await rig.engine([flow]);
    await rig.send(engine, 'd1');
    await rig.settled();
    const alert = { organisationId: ORGANISATION.id, integration: null, cause: 'reconnect slack' };
    await raiseAlert(rig.database, { ...alert, sentence: { en: 'Lost.', fr: 'Perdu.' } });
    rig.dispatcher();
    await until(async () => (await counted(id, 'done')) === 2);
    await keepAges(rig.database, new Date(Date.now() + 400 * 86_400_000));
    expect(await log(id)).toEqual([]);
    const held = await rig.database.query('select data, answer, integration from dispatches');
    expect(held).toEqual([{ data: null, answer: null, integration: null }]);
    await rig.send(engine, 'd1');
    await rig.settled();
    expect(await log(id)).toEqual([]);
    await keepAges(rig.database, new Date(Date.now() + 800 * 86_400_000));
    expect(await rig.database.query('select from dispatches')).toEqual([]);
  });
});

describe('a receiver', () => {
  const alerts = () =>
    rig.database.query<{ cause: string; en: string }>(
      `select cause, sentence->>'en' as en from alerts where closed_at is null`,
    );

  it('that another application made and that answers 410 is removed at once, and nobody is alerted: of six, five dead ones', async () => {
    const [user, accessId] = [randomUUID(), randomUUID()];
    await rig.database.query(
      `insert into users (id, organisation_id, external_id, name, role) values ($1, $2, 'u', 'U', 'admin')`,
      [user, ORGANISATION.id],
    );
    await rig.database.query(
      `insert into accesses (id, organisation_id, user_id, application) values ($1, $2, $3, 'app')`,
      [accessId, ORGANISATION.id, user],
    );
    const all: string[] = [];
    for (const place of [1, 2, 3, 4, 5, 6]) {
      const { id } = await rig.receiver({ accessId, url: `https://h${place}.example.com/hook` });
      all.push(id);
    }
    rig.application.answer = ({ url }, response) =>
      url?.includes('/h6.')
        ? response.end('{"status":"success"}')
        : response.writeHead(410).end('{"event_type":"subscriber_gone"}');
    await rig.tell(won('d'));
    rig.dispatcher();
    const left = () =>
      rig.database.query<{ id: string }>('select id from receivers where access_id = $1', [accessId]);
    await until(async () => (await left()).length === 1);
    expect(await left()).toEqual([{ id: all[5] }]);
    await until(async () => (await counted(all[5] ?? '', 'done')) === 1);
    await rig.tell(won('e'));
    await until(async () => (await counted(all[5] ?? '', 'done')) === 2);
    expect(rig.application.requests).toHaveLength(7);
    // Whoever is told twice of one fact, or by two receivers, knows it by its id; another fact has another one.
    const ids = rig.application.requests.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
    expect(await rig.database.query('select from alerts')).toEqual([]);
  });

  it('that answers 410 is told nothing more, and admins hear of it', async () => {
    const { id } = await rig.receiver();
    rig.application.answer = (_request, response) => response.writeHead(410).end();
    await rig.tell(won('d1'));
    rig.dispatcher();
    await until(async () => (await receiverOf(rig.database, ORGANISATION.id, id))?.state === 'ended');
    await rig.tell(won('d2'));
    expect(await log(id)).toMatchObject([{ state: 'failed', tries: 1 }]);
    expect(await alerts()).toEqual([
      {
        cause: `receiver ${id}`,
        en: expect.stringContaining('hooks.example.com answered that it wants no more'),
      },
    ]);
  });

  it('that takes nothing for five days is told nothing more, and not sooner', async () => {
    const { id } = await rig.receiver();
    rig.application.answer = (_request, response) => response.writeHead(500).end();
    const failing = (days: number, lately: string) =>
      rig.database.query(
        `update receivers set failing_since = now() - make_interval(days => $1), last_failed_at = now() - $2::interval`,
        [days, lately],
      );
    rig.dispatcher();
    const tried = async (key: string) => {
      await rig.tell(won(key));
      await until(async () => (await log(id))[0]?.triedAt);
      return (await receiverOf(rig.database, ORGANISATION.id, id))?.state;
    };
    await failing(4, '1 hour');
    expect(await tried('d1')).toBe('active');
    // Nobody knows how it was in three days of silence.
    await failing(9, '3 days');
    expect(await tried('d2')).toBe('active');
    await failing(5, '1 hour');
    expect(await tried('d3')).toBe('failed');
    expect(await counted(id, 'waiting')).toBe(0);
    expect(await alerts()).toMatchObject([{ en: expect.stringContaining('took no webhook for five days') }]);
  });

  it('that is slow, or answers without an end, holds up nobody else', async () => {
    const held: (() => void)[] = [];
    rig.application.answer = ({ url = '' }, response) => {
      if (url.includes('slow')) held.push(() => response.end());
      else if (url.includes('endless')) {
        response.writeHead(200);
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(1_000)));
        };
        response.on('drain', write);
        write();
      } else response.end();
    };
    const slow = await rig.receiver({ url: 'https://slow.example.com/' });
    const endless = await rig.receiver({ url: 'https://endless.example.com/' });
    const quick = await rig.receiver({ url: 'https://quick.example.com/' });
    await rig.tell(...Array.from({ length: 40 }, (_, index) => won(`d${index}`)));
    rig.dispatcher();
    await until(async () => (await counted(quick.id, 'done')) === 40);
    await until(async () => (await counted(endless.id, 'done')) === 40);
    expect(Buffer.byteLength((await log(endless.id))[0]?.answer ?? '')).toBeLessThanOrEqual(502);
    // Never more than its share in hand.
    expect(held).toHaveLength(3);
    expect(await counted(slow.id, 'waiting')).toBe(40);
    for (const end of held) end();
  });
});

describe('an alert', () => {
  it('is told when it opens and when it is over; what somebody asked of their own data is not', async () => {
    const { id } = await rig.receiver({ facts: ['alert.opened', 'alert.closed'] });
    const sentence = { en: 'Slack is not connected.', fr: 'Slack n’est pas connecté.' };
    const alert = { organisationId: ORGANISATION.id, integration: null, sentence };
    for (const cause of ['reconnect slack', 'reconnect slack', 'privacy 7'])
      await raiseAlert(rig.database, { ...alert, cause });
    await closeAlert(rig.database, ORGANISATION.id, 'reconnect slack');
    // It was over for a moment only.
    await raiseAlert(rig.database, { ...alert, cause: 'reconnect slack' });
    const told = (await log(id)).toReversed();
    expect(told.map(({ fact }) => fact)).toEqual(['alert.opened', 'alert.closed', 'alert.opened']);
    expect(new Set(told.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(told[0]).toMatchObject({
      integration: null,
      data: { reason: { code: 'reconnect', ...sentence } },
    });
  });
});

it('what is signed here is what the official library signs', () => {
  const secret = newSecret(randomBytes);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(() => new Webhook(secret)).not.toThrow();
});

it('a fact of an integration that is not there is told to nobody', async () => {
  const { id } = await rig.receiver();
  await tell(rig.database, { ...rig.key, integration: 'nothing' }, won('d1'));
  expect(await log(id)).toEqual([]);
});
