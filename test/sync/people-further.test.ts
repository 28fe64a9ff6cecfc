import { connectors } from '../../server/connectors/index.ts';
import { peopleObjects } from '../../server/connectors/people.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { peopleWithCrm } from '../../server/flows/people-crm/flow.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';
import { openPeopleWorld, type PeopleWorld, peopleVendor } from './people-world.ts';
import { openShared, type SharedDatabase } from './rig.ts';

/** What a further application of people says, beside how its records are read and written: this, and no flow. */
const NOTEBOOK = peopleVendor('notebook', {
  cards: {
    person: {
      parts: { name: 'qui', email: 'courriel', phone: 'numero', company: 'maison' },
      alsoKnownBy: [['name', 'phone']],
    },
  },
});

let shared: SharedDatabase;
let sandbox: OpenSandbox;
let world: PeopleWorld;
beforeAll(async () => {
  shared = await openShared();
  sandbox = await openSandbox('people-further', { only: ['zoho-crm', 'zoho-accounts'] });
  const { open } = await sandbox.way(zohoCrm);
  const flow = peopleWithCrm([...peopleObjects, ...NOTEBOOK.objects]);
  world = await openPeopleWorld(shared, flow, [...connectors, NOTEBOOK.connector], { [zohoCrm.id]: open });
});
afterAll(async () => {
  await world.close();
  await sandbox.close();
  await shared.close();
});

it('an application that nobody wrote a flow for is offered, and kept equal with the CRM both ways', async () => {
  const { vendor } = NOTEBOOK.of.get('cards')!;
  await world.connect('zoho-crm');
  const left = await world.connect('notebook');
  const [offered] = await world.integrations.offered(world.asker);
  expect(offered?.roles.left?.accounts).toMatchObject([{ connection: left, connector: { id: 'notebook' } }]);
  const id = await world.make('Cahier', { left });
  const one = await world.services.get(world.organisationId, id);
  expect(one?.settings.rules.fields.map(({ left, right }) => `${left} ${right}`)).toEqual([
    'qui Full_Name',
    'courriel Email',
    'numero Phone',
    'maison Account_Name',
  ]);
  vendor.put(null, {
    qui: { given: 'Zoé', family: 'Nouvelle' },
    courriel: 'zoe@essai.example',
    maison: 'Maison Zoé',
  });
  await world.previewAndApply(id);
  await world.settle();
  const contacts = async () => (await sandbox.state('zoho-crm')).Contacts ?? [];
  const zoe = (await contacts()).filter(({ Email }) => Email === 'zoe@essai.example');
  expect(zoe).toMatchObject([{ First_Name: 'Zoé', Last_Name: 'Nouvelle' }]);
  // Everybody of the CRM's with an address is in the notebook, once.
  const emails = (await contacts()).flatMap(({ Email }) => (Email ? [String(Email).toLowerCase()] : []));
  const cards = vendor.live().flatMap(({ values }) => (values.courriel ? [String(values.courriel)] : []));
  expect(new Set(cards.map((email) => email.toLowerCase()))).toEqual(new Set(emails));
  vendor.edit(vendor.live().find(({ values }) => values.courriel === 'zoe@essai.example')!.id, {
    numero: '+33 1 99 11 22 33',
  });
  await world.settle();
  const now = (await contacts()).find(({ Email }) => Email === 'zoe@essai.example');
  expect(String(now?.Phone).replaceAll(/\D/g, '')).toMatch(/199112233$/);
});

it('every object that a connector offers as people is among those that flows are made between', () => {
  const offered = connectors.flatMap(({ offers }) => offers?.people ?? []);
  expect(peopleObjects.map(({ id }) => id).sort()).toEqual([...offered].sort());
});
