import { randomUUID } from 'node:crypto';
import { BASE_PATH } from '../../server/api/paths.ts';
import { insertEvents } from '../../server/store/inbox.ts';
import { nameRuns, RUN_NAME } from '../../server/store/record-names.ts';
import { letIn } from '../security/access-rig.ts';
import { openSecurityRig, type SecurityRig } from '../security/rig.ts';
import { bearer, signIn, Visitor } from '../security/visitor.ts';

/**
 * An admin sees what colleagues set up for themselves, to help them. An application that an admin let in saw it as well,
 * down to the mails in the log of a colleague's own mailbox.
 */

const CANARY = 'Carnet-de-Claire';
const HERS = 'hers0001';
const run = randomUUID();
let rig: SecurityRig;

beforeAll(async () => {
  rig = await openSecurityRig();
  // The first who signs in installs it.
  for (const who of ['hugo', 'claire']) await signIn(rig.url, who);
  const [claire] = await rig.database.query<{ id: string; organisationId: string }>(
    `select id, organisation_id as "organisationId" from users where name like 'Claire%'`,
  );
  const organisationId = claire?.organisationId ?? '';
  await rig.database.query(
    `insert into integrations (organisation_id, id, flow, name, enabled, settings, owner)
     values ($1, $2, 'deal-won-to-slack', $3, true, '{}', $4), ($1, 'everybodys', 'deal-won-to-slack', 'Everybody', true, '{}', null)`,
    [organisationId, HERS, CANARY, claire?.id],
  );
  const event = { organisationId, connectionId: null, connector: 'zoho-crm', topic: 'Deals.workflow' };
  await insertEvents(
    rig.database,
    [{ ...event, eventKey: 'hers', recordId: '1', contentType: 'application/json', body: '{}' }],
    [],
  );
  await rig.database.query(
    `with made as (
       insert into runs as r (id, organisation_id, integration, record_object, record_id, record_label, event_id, state, attempt)
       select $1, $2, $3, 'zohoCrm.deals', '1', $4, id, 'shelved', 3 from inbox where organisation_id = $2
       returning r.id, ${RUN_NAME}) ${nameRuns('made')}`,
    [run, organisationId, HERS, CANARY],
  );
}, 60_000);
afterAll(() => rig.close());

const ask = (token: string, path: string, method = 'GET') =>
  fetch(`${rig.url}${BASE_PATH}${path}`, {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{"text":"Bonjour"}' }),
  });

it('an application sees of what is a colleague’s own no more than any other colleague', async () => {
  const admin = (await signIn(rig.url, 'hugo')).token;
  const application = (await letIn(new Visitor(), rig.url)).access_token;
  for (const path of ['/integrations', '/runs', `/runs/${run}`]) {
    expect(await (await ask(admin, path)).text()).toContain(CANARY);
    expect(await (await ask(application, path)).text()).not.toContain(CANARY);
  }
  expect((await ask(application, `/runs/${run}`)).status).toBe(404);
  expect((await ask(application, `/integrations/${HERS}/messages`, 'POST')).status).toBe(404);
  expect(await (await ask(application, '/integrations')).text()).toContain('Everybody');
}, 60_000);
