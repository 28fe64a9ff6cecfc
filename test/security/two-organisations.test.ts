import { randomUUID } from 'node:crypto';
import { ROUTES, type Route } from '../../server/api/contract.ts';
import { BASE_PATH, type RouteName } from '../../server/api/paths.ts';
import {
  CANARY,
  idsOf,
  makeOtherOrganisation,
  type OtherOrganisation,
  rowsOf,
} from './other-organisation.ts';
import { openSecurityRig, type SecurityRig, TEST_SYNC } from './rig.ts';
import { bearer, decide, newPage, openPopup, signIn, type Tokens, Visitor } from './visitor.ts';

const SYNC = TEST_SYNC.id;

/**
 * For each route with parameters: a body that is right, so that only the ids decide; and what of the other
 * organisation it could name, or `shared` where it names something that every organisation has, or `own` where whoever
 * asks names what they like, and only what they themselves noted under that name is told.
 *
 * A route that is missing here fails the suite: whoever adds one says here what may not be reached by it.
 */
const EXAMPLES: Partial<
  Record<
    RouteName,
    | { body?: unknown; names: (other: OtherOrganisation) => Record<string, string> }
    | { body?: unknown; shared: Record<string, string> }
    | { body?: unknown; own: Record<string, string> }
  >
> = {
  getRun: { names: ({ shelved }) => ({ id: shelved }) },
  replayRun: { names: ({ shelved }) => ({ id: shelved }) },
  getIntegration: { shared: { id: 'deal-won-to-slack' } },
  setIntegration: { body: { enabled: false }, shared: { id: 'deal-won-to-slack' } },
  deleteIntegration: { shared: { id: 'deal-won-to-slack' } },
  copyIntegration: { body: {}, shared: { id: 'deal-won-to-slack' } },
  integrationEffects: { shared: { id: 'deal-won-to-slack' } },
  listSettingOffers: { shared: { id: 'deal-won-to-slack', setting: 'channel' } },
  previewFlow: { body: { settings: {} }, shared: { id: 'deal-won-to-slack' } },
  listFilterFields: { shared: { id: 'deal-won-to-slack' } },
  countFiltered: { body: {}, shared: { id: 'deal-won-to-slack' } },
  countFilteredOfFlow: { body: { flow: 'announce' }, shared: {} },
  integrationHistory: { shared: { id: 'deal-won-to-slack' } },
  listTryRecords: { shared: { id: 'deal-won-to-slack' } },
  tryIntegration: { body: { record: '1' }, shared: { id: 'deal-won-to-slack' } },
  connectionEffects: { names: ({ connection }) => ({ id: connection }) },
  setKey: { body: { key: 'rk_test_0123456789' }, names: ({ keyed }) => ({ id: keyed }) },
  disconnect: { names: ({ connection }) => ({ id: connection }) },
  getTemplate: { shared: { template: 'theirs01' } },
  setTemplate: { body: { open: true }, shared: { template: 'theirs01' } },
  deleteTemplate: { shared: { template: 'theirs01' } },
  askPerson: { shared: { person: 'theirs01' } },
  endPerson: { shared: { person: 'theirs01' } },
  makeTemplate: { body: { flow: SYNC }, shared: {} },
  getRecord: { names: ({ deal }) => ({ module: 'Deals', id: deal }) },
  getRecordActivity: { names: ({ deal }) => ({ module: 'Deals', id: deal }) },
  getRecordWhy: { names: ({ deal }) => ({ module: 'Deals', id: deal }) },
  syncRecord: { names: ({ deal }) => ({ module: 'Deals', id: deal }) },
  getRecordCard: { names: ({ deal }) => ({ module: 'Deals', id: deal, connector: 'stripe' }) },
  actOnRecord: {
    names: ({ deal }) => ({ module: 'Deals', id: deal, connector: 'stripe', action: 'create-customer' }),
  },
  listSyncFields: { shared: { id: SYNC } },
  makeSyncFields: { body: { side: 'right', holding: ['name'] }, shared: { id: SYNC } },
  getSyncPreview: { shared: { id: SYNC } },
  listSyncPreviewRecords: { shared: { id: SYNC } },
  previewSync: { shared: { id: SYNC } },
  applySync: { shared: { id: SYNC } },
  stopSync: { shared: { id: SYNC } },
  resumeSync: { body: { deletes: 'delete' }, shared: { id: SYNC } },
  listSyncRecords: { shared: { id: SYNC } },
  retrySyncShelf: { shared: { id: SYNC } },
  retrySyncRecord: { names: ({ record }) => ({ id: SYNC, side: 'left', record }) },
  includeSyncRecord: { names: ({ record }) => ({ id: SYNC, side: 'left', record }) },
  includeSyncRecords: { body: {}, shared: { id: SYNC } },
  decideAllSyncConflicts: { body: { winner: 'left' }, shared: { id: SYNC } },
  linkSyncRecords: { body: { left: `left-${CANARY}`, right: `right-${CANARY}` }, shared: { id: SYNC } },
  getSyncLink: { names: ({ link }) => ({ id: SYNC, link }) },
  decideSyncConflict: { body: { choices: { name: 'left' } }, names: ({ link }) => ({ id: SYNC, link }) },
  listSyncPasses: { shared: { id: SYNC } },
  previewSyncUndo: { names: ({ pass }) => ({ id: SYNC, pass }) },
  setAlertSettings: { body: { destinations: [{ email: 'admin@atelier.example' }] }, shared: {} },
  testAlert: { body: { email: `alerts-${CANARY.toLowerCase()}@confiserie.example` }, shared: {} },
  setKeeping: { body: { days: 7 }, shared: {} },
  retryShelf: { body: {}, shared: {} },
  getMoneyAccount: { names: ({ money }) => ({ account: money }) },
  checkMoney: { body: {}, shared: {} },
  endAccess: { names: ({ access }) => ({ access }) },
  handRecord: { body: { values: { email: 'a@b.example' } }, shared: { id: 'deal-won-to-slack' } },
  startIntegration: { shared: { id: 'deal-won-to-slack' } },
  postMessage: { body: { text: 'x' }, shared: { id: 'deal-won-to-slack' } },
  listFacts: { shared: { fact: 'deal.won' } },
  makeReceiver: { body: { url: 'https://hooks.atelier.example/', facts: ['deal.won'] }, shared: {} },
  getReceiver: { names: ({ receiver }) => ({ receiver }) },
  setReceiver: { body: { description: 'mine' }, names: ({ receiver }) => ({ receiver }) },
  rotateReceiverSecret: { names: ({ receiver }) => ({ receiver }) },
  testReceiver: { names: ({ receiver }) => ({ receiver }) },
  resendReceiverFailed: {
    body: { since: '2026-01-01T00:00:00Z' },
    names: ({ receiver }) => ({ receiver }),
  },
  listReceiverDispatches: { names: ({ receiver }) => ({ receiver }) },
  resendReceiverDispatch: { names: ({ receiver, dispatch }) => ({ receiver, dispatch }) },
  deleteReceiver: { names: ({ receiver }) => ({ receiver }) },
  cancelMoneyCheck: { names: ({ money }) => ({ account: money }) },
  acceptMoneyDifference: {
    body: { key: 'txn_1', note: 'right' },
    names: ({ money }) => ({ account: money }),
  },
  takeUpMoney: { body: { key: 'txn_1' }, names: ({ money }) => ({ account: money }) },
  switchMode: { body: { mode: 'production', confirm: 'production' }, shared: {} },
  getMailConversation: { own: { conversation: 'AAQkADc=' } },
  setMailConversation: { body: { on: false }, own: { conversation: 'AAQkADc=' } },
  undoSyncPass: { names: ({ pass }) => ({ id: SYNC, pass }) },
};

const paramsOf = (example: (typeof EXAMPLES)[RouteName]): Record<string, string> => {
  if (example === undefined) return {};
  if ('names' in example) return example.names(other);
  return 'own' in example ? example.own : example.shared;
};

const routes = (Object.entries(ROUTES) as [RouteName, Route][]).map(([name, route]) => ({ name, ...route }));
const guarded = routes.filter(({ role }) => role !== 'anyone');
const withParams = guarded.filter(({ path }) => path.includes(':'));

let rig: SecurityRig;
let admin: Tokens;
let rep: Tokens;
let other: OtherOrganisation;
let own: string;

beforeAll(async () => {
  rig = await openSecurityRig();
  admin = await signIn(rig.url, 'hugo');
  rep = await signIn(rig.url, 'claire');
  other = await makeOtherOrganisation(rig.database, rig.url);
  const [row] = await rig.database.query<{ id: string }>(
    `select id from organisations where external_id = '20098765432'`,
  );
  own = row!.id;
});
afterAll(() => rig.close());

function call(
  route: { method: string; path: string; body?: unknown; name: RouteName },
  params: Record<string, string>,
  headers: Record<string, string>,
  query = '',
) {
  const filled = route.path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? 'x'));
  const body = route.body === undefined ? undefined : (EXAMPLES[route.name]?.body ?? {});
  return fetch(`${rig.url}${BASE_PATH}${filled}${query}`, {
    method: route.method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The answer's text; of a live line, what it says at once. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text();
  const reader = answer.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

it('every route with an id says below what of another organisation it could name, and takes its example', () => {
  expect(withParams.map(({ name }) => name).filter((name) => EXAMPLES[name] === undefined)).toEqual([]);
  for (const { name, body } of withParams) {
    if (body !== undefined)
      expect([name, body.safeParse(EXAMPLES[name]?.body).success]).toEqual([name, true]);
  }
});

describe('another organisation', () => {
  it('has what is looked for: its own admin reaches it', async () => {
    for (const route of withParams) {
      const example = EXAMPLES[route.name]!;
      if (!('names' in example) || route.method !== 'GET') continue;
      const answer = await call(route, example.names(other), bearer(other.tokens.token));
      expect([route.name, answer.status]).toEqual([route.name, 200]);
      expect(await answer.text()).toContain(CANARY);
    }
  });

  it.each(withParams.map((route) => [route.name, route] as const))(
    '%s with any id of it: 404, the same as for an id that nobody has, and nothing changes',
    async (_, route) => {
      const before = await rowsOf(rig.database, other);
      const ids = await idsOf(rig.database, other);
      expect(ids).toEqual(expect.arrayContaining([other.id, other.shelved, other.userId, other.externalId]));
      const example = EXAMPLES[route.name]!;
      const keys = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
      const base = paramsOf(example);
      const noId = randomUUID();
      const nobody = await (await call(route, { ...base, [keys.at(-1)!]: noId }, bearer(admin.token))).text();
      for (const key of keys) {
        // Of a shared name only what is no shared name is another's.
        const foreign = ids.filter((id) => !('shared' in example) || id !== example.shared[key]);
        for (const id of foreign) {
          const answer = await call(route, { ...base, [key]: id }, bearer(admin.token));
          expect([id, answer.status]).toEqual([id, 'own' in example ? 200 : 404]);
          // What they called it themselves is said back to them.
          const text = await answer.text();
          expect('own' in example ? text.replaceAll(JSON.stringify(id), JSON.stringify(noId)) : text).toBe(
            nobody,
          );
        }
      }
      expect(await rowsOf(rig.database, other)).toEqual(before);
    },
  );

  it.each(guarded.map((route) => [route.name, route] as const))(
    '%s shows nothing of it, and changes nothing of it, whatever is asked for',
    async (_, route) => {
      const before = await rowsOf(rig.database, other);
      const example = EXAMPLES[route.name];
      const params = paramsOf(example);
      // Signing out is for a session of its own, or the others would have none.
      const { token } = route.name === 'closeSession' ? await signIn(rig.url, 'hugo') : admin;
      const queries = route.query === undefined ? [] : Object.keys(route.query.shape);
      const wishes = [
        '',
        ...queries.flatMap((key) =>
          [other.shelved, `deal-shelved-of-other`, CANARY, other.id].map(
            (id) => `?${key}=${encodeURIComponent(id)}`,
          ),
        ),
      ];
      for (const wish of wishes) {
        const text = await textOf(await call(route, params, bearer(token), wish));
        expect(text).not.toContain(CANARY);
        expect(text).not.toContain(other.id);
      }
      expect(await rowsOf(rig.database, other)).toEqual(before);
    },
  );

  it('is not counted, and none of its runs is replayed by a filter that names them', async () => {
    const counts = await fetch(`${rig.url}${BASE_PATH}/runs/counts`, { headers: bearer(admin.token) });
    expect(Object.values((await counts.json()) as Record<string, number>).every((count) => count === 0)).toBe(
      true,
    );
    const answer = await fetch(`${rig.url}${BASE_PATH}/runs/replay`, {
      method: 'POST',
      headers: { ...bearer(admin.token), 'content-type': 'application/json' },
      body: JSON.stringify({ record: 'deal-shelved-of-other' }),
    });
    expect(await answer.json()).toEqual({ replayed: 0 });
  });

  it('is not heard on the live line', async () => {
    const listen = async ({ token }: Tokens) => {
      const answer = await fetch(`${rig.url}${BASE_PATH}/live`, { headers: bearer(token) });
      return answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const [mine, theirs] = await Promise.all([listen(admin), listen(other.tokens)]);
    const until = async (reader: typeof mine, end: string) => {
      let text = '';
      while (!text.includes(end)) text += (await reader.read()).value ?? '';
      return text;
    };
    await Promise.all([until(mine, 'id:'), until(theirs, 'id:')]);
    const run = await anOwnRun();
    rig.changed({ id: other.shelved, organisationId: other.id });
    expect(await until(theirs, 'event: run')).toContain(other.shelved);
    // Had the other's been told here too, it would have come first.
    rig.changed({ id: run, organisationId: own });
    const heard = await until(mine, 'event: run');
    expect(heard).toContain(run);
    expect(heard).not.toContain(CANARY);
    await Promise.all([mine.cancel(), theirs.cancel()]);
  });

  async function anOwnRun(): Promise<string> {
    const run = randomUUID();
    await rig.database.query(
      `with event as (
         insert into inbox (organisation_id, connector, event_key, topic, content_type, body)
         values ($2, 'zoho-crm', $3, 'Deals.workflow', 'application/json', '{}') returning id)
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state)
       select $1, $2, 'deal-won-to-slack', 'zohoCrm.deals', 'own-deal', id, 'done' from event`,
      [run, own, `event-${run}`],
    );
    return run;
  }
});

describe('a rep', () => {
  it.each(
    guarded
      .filter(({ role }) => role === 'admin' || role === 'owner')
      .map((route) => [route.name, route] as const),
  )('may not %s: the same answer whether or not what is named exists', async (_, route) => {
    const example = EXAMPLES[route.name];
    const named = paramsOf(example);
    for (const params of [named, {}]) {
      const answer = await call(route, params, bearer(rep.token));
      // What may be another person's own is as if there were none, and so is what there is none of.
      const [status, type] = route.role === 'owner' ? [404, 'not-found'] : [403, 'admin-only'];
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({ type: `urn:liaison:problem:${type}` });
    }
  });
});

describe('without a good token', () => {
  const headersOf: Record<string, () => Promise<Record<string, string>> | Record<string, string>> = {
    'no header': () => ({}),
    'an empty header': () => ({ authorization: '' }),
    'the scheme alone': () => ({ authorization: 'Bearer' }),
    'a token that nobody has': () => bearer('A'.repeat(43)),
    'a token that is none': () => bearer('x y'),
    'a very long one': () => bearer('A'.repeat(5000)),
    'another scheme': () => ({ authorization: `Basic ${Buffer.from('hugo:x').toString('base64')}` }),
    'a token with one letter changed': () =>
      bearer(`${admin.token.startsWith('A') ? 'B' : 'A'}${admin.token.slice(1)}`),
    'two tokens': () => ({ authorization: `Bearer ${admin.token}, Bearer ${other.tokens.token}` }),
    'a renewal token': () => bearer(admin.renewal),
    'a token in the wrong place': () => ({ 'x-authorization': `Bearer ${admin.token}` }),
    'a token that is over': async () => {
      const { token } = await signIn(rig.url, 'claire');
      await rig.database.query(
        `update session_tokens set expires_at = now() where kind = 'bearer' and digest = sha256(convert_to($1, 'UTF8'))`,
        [token],
      );
      return bearer(token);
    },
    'a token of a sign-in that is over': async () => {
      const { token } = await signIn(rig.url, 'claire');
      await rig.database.query(
        `update sign_ins set expires_at = now() where id = (select sign_in_id from sessions s
           join session_tokens t on t.session_id = s.id where t.digest = sha256(convert_to($1, 'UTF8')))`,
        [token],
      );
      return bearer(token);
    },
  };

  it.each(Object.keys(headersOf))(
    '%s: every route answers 401, with a problem and what to do',
    async (what) => {
      const headers = await headersOf[what]!();
      for (const route of guarded) {
        const example = EXAMPLES[route.name];
        const params = paramsOf(example);
        const answer = await call(route, params, { ...headers, 'accept-language': 'fr' });
        expect([route.name, answer.status]).toEqual([route.name, 401]);
        expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(await answer.json()).toMatchObject({ status: 401, action: 'Connectez-vous, puis réessayez.' });
      }
    },
  );

  it('nor is one taken from the address', async () => {
    for (const name of ['token', 'access_token', 'authorization']) {
      const answer = await fetch(`${rig.url}${BASE_PATH}/me?${name}=${admin.token}`);
      expect(answer.status).toBe(401);
    }
  });
});

describe('a page of another origin', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', ''])(
    '«%s» is refused on every route, with a good token too',
    async (origin) => {
      const before = await rowsOf(rig.database, other);
      for (const route of routes) {
        const answer = await call(route, {}, { ...bearer(admin.token), origin });
        expect([route.name, answer.status]).toEqual([route.name, 403]);
      }
      expect(await rowsOf(rig.database, other)).toEqual(before);
    },
  );
});

describe('connecting an account', () => {
  const start = (visitor: Visitor, organisation: string) =>
    visitor.visit(`${rig.url}/oauth/start/slack/${organisation}`, { headers: { 'accept-language': 'fr' } });
  const attempts = () => rig.database.query('select organisation_id as "organisationId" from oauth_attempts');

  it('needs an admin’s sign-in in this browser, to the very organisation', async () => {
    const stranger = new Visitor();
    const [asRep, asAdmin] = [new Visitor(), new Visitor()];
    await signIn(rig.url, 'claire', asRep);
    await signIn(rig.url, 'hugo', asAdmin);
    for (const [visitor, organisation] of [
      [stranger, own],
      [stranger, other.id],
      [asRep, own],
      [asAdmin, other.id],
      [asAdmin, randomUUID()],
    ] as const) {
      const answer = await start(visitor, organisation);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toMatch(/Rien n’a été connecté/);
    }
    expect(await attempts()).toEqual([]);

    expect((await start(asAdmin, own)).status).toBe(303);
    expect(await attempts()).toEqual([{ organisationId: own }]);
  });
});

it('an organisation’s sign-in never opens another, though both use one browser', async () => {
  const visitor = new Visitor();
  await signIn(rig.url, 'hugo', visitor);
  const answer = await visitor.visit(
    `${rig.url}/auth/zoho/start?${new URLSearchParams({
      challenge: newPage().challenge,
      opener: rig.url,
      organisation: other.externalId,
    })}`,
  );
  expect(answer.status).toBe(303);
  const callback = await decide(visitor, await openPopup(new Visitor(), rig.url, newPage()), 'accept');
  expect((await visitor.visit(callback)).status).toBe(400);
});

it('what was not found is there: its own admin’s very same calls find it', async () => {
  for (const route of withParams) {
    const example = EXAMPLES[route.name]!;
    if (!('names' in example) || route.method === 'GET') continue;
    const answer = await call(route, example.names(other), bearer(other.tokens.token));
    expect([route.name, answer.status]).not.toEqual([route.name, 404]);
  }
});
