import { Problem } from '../../server/api/problem.ts';
import { startPreview } from '../../server/engine/sync/control.ts';
import { hint } from '../../server/engine/sync/hint.ts';
import { always, peopleSync } from '../../server/flows/people-crm/people-sync.ts';
import { openPeopleWorld, type PeopleWorld, peopleVendor } from './people-world.ts';
import { openShared, type SharedDatabase } from './rig.ts';

/** One flow between the people of any application and a register's, as its integrations have it. */

let shared: SharedDatabase;
const worlds: PeopleWorld[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()));
  await shared.close();
});

const words = (text: string) => ({ en: text, fr: text });

async function openWorld() {
  const register = peopleVendor('register', {
    customers: {
      person: {
        parts: { name: 'Name', email: 'Mail', phone: 'Tel', consent: 'Stop' },
        alsoKnownBy: [['name', 'phone']],
      },
    },
    prospects: { person: { parts: { name: 'Label', email: 'Address' }, alsoKnownBy: [] } },
  });
  const book = peopleVendor('book', {
    cards: { person: { parts: { name: 'qui', email: 'courriel', phone: 'numero' }, alsoKnownBy: [] } },
  });
  const letter = peopleVendor('letter', {
    readers: {
      person: { parts: { name: 'who', email: 'to', consent: 'left' }, alsoKnownBy: [] },
      topics: ['reader.changed'],
    },
  });
  const flow = peopleSync({
    id: 'people-register',
    titles: words('People'),
    direction: words('people'),
    native: words('none'),
    left: {
      role: { offers: 'people', apartFrom: 'register' },
      objects: [...book.objects, ...letter.objects],
    },
    right: { role: { connector: 'register' }, objects: register.objects },
  });
  const world = await openPeopleWorld(shared, flow, [book.connector, letter.connector, register.connector]);
  worlds.push(world);
  const vendors = {
    customers: register.of.get('customers')!.vendor,
    prospects: register.of.get('prospects')!.vendor,
    cards: book.of.get('cards')!.vendor,
    readers: letter.of.get('readers')!.vendor,
  };
  return { world, flow, ...vendors };
}

const ada = { given: 'Ada', family: 'Un' };
const refusal = async (doing: Promise<unknown>): Promise<string> => {
  const thrown = await doing.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  );
  if (thrown instanceof Problem)
    return [thrown.facts.detail.fr, ...(thrown.facts.fields?.('fr') ?? []).map((one) => one.detail)].join(
      ' ',
    );
  return (thrown as Error).message;
};

describe('while nobody chose an account', () => {
  it('it says so, nothing is opened, and nothing is stored that would be about no record', async () => {
    const { world } = await openWorld();
    await world.connect('register');
    const id = await world.make('none yet');
    const one = await world.services.get(world.organisationId, id);
    expect(one).toMatchObject({
      left: { connector: null },
      right: { object: 'register.customers', connector: { id: 'register', connected: true } },
      connections: { left: { connector: null, connection: null, state: 'absent' } },
    });
    const key = { organisationId: world.organisationId, integration: id };
    const asked = [
      () => world.services.startPreview(world.organisationId, id),
      () => world.services.apply(world.organisationId, id),
      () => world.services.set(world.organisationId, id, { everySeconds: 60 }),
      () => world.services.makeFields(world.organisationId, id, 'left', ['Name']),
    ];
    for (const ask of asked) expect(await refusal(ask())).toMatch(/No account is chosen yet/);
    const fields = await world.services.fields(world.organisationId, id, undefined);
    expect(fields?.left).toMatchObject({
      fields: null,
      problem: { sentence: { fr: expect.stringMatching(/^Aucun compte n’est encore choisi/) } },
    });
    // Started all the same, by a server that knew an account a moment ago.
    await startPreview({ database: world.database, newId: () => crypto.randomUUID() }, key);
    await world.turns();
    const told = await world.services.get(world.organisationId, id);
    expect(told?.error?.sentence.en).toMatch(/^No account is chosen yet/);
    expect(told?.phase).toBe('new');
    const [row] = await world.world.integrations(world.organisationId);
    expect(row?.settings).toEqual({});
    expect(world.opened.length).toBe(1);
  });

  it('the only account that can takes the role when it is connected; the register’s own never does', async () => {
    const { world, cards, customers } = await openWorld();
    await world.connect('register');
    const id = await world.make('waits');
    expect((await world.services.get(world.organisationId, id))?.left.connector).toBeNull();
    await world.connect('book');
    expect((await world.services.get(world.organisationId, id))?.left).toMatchObject({
      object: 'book.cards',
      connector: { id: 'book', connected: true },
    });
    cards.put(null, { qui: ada, courriel: 'ada@essai.example' });
    await world.previewAndApply(id);
    expect(customers.live().map(({ values }) => values.Mail)).toEqual(['ada@essai.example']);
  });
});

describe('two accounts of two applications', () => {
  it('each have the mapping of what they are, and what one brings the other gets', async () => {
    const { world, cards, readers, customers } = await openWorld();
    await world.connect('register');
    const [book, letter] = [await world.connect('book'), await world.connect('letter')];
    const [first, second] = [
      await world.make('one', { left: book }),
      await world.make('other', { left: letter }),
    ];
    const rows = async (id: string) =>
      (await world.services.get(world.organisationId, id))?.settings.rules.fields.map(({ left, right }) =>
        [left, right].join(),
      );
    expect(await rows(first)).toEqual(['qui,Name', 'courriel,Mail', 'numero,Tel']);
    expect(await rows(second)).toEqual(['who,Name', 'to,Mail', 'left,Stop']);
    cards.put(null, { qui: ada, courriel: 'ada@essai.example', numero: '+33123456789' });
    readers.put(null, { who: { given: 'Bea', family: 'Deux' }, to: 'bea@essai.example' });
    await world.previewAndApply(first);
    await world.previewAndApply(second);
    await world.settle();
    await world.settle();
    const emails = (vendor: typeof cards, field: string) => vendor.live().map(({ values }) => values[field]);
    for (const [vendor, field] of [
      [customers, 'Mail'],
      [cards, 'courriel'],
      [readers, 'to'],
    ] as const)
      expect(emails(vendor, field).sort()).toEqual(['ada@essai.example', 'bea@essai.example']);
    readers.edit(readers.live().find(({ values }) => values.to === 'ada@essai.example')!.id, { left: true });
    await world.settle();
    expect(customers.live().find(({ values }) => values.Mail === 'ada@essai.example')?.values.Stop).toBe(
      true,
    );
  });

  it('an application’s delivery wakes the sync of its own account, and no other one', async () => {
    const { world } = await openWorld();
    await world.connect('register');
    const [book, letter, other] = [
      await world.connect('book'),
      await world.connect('letter'),
      await world.connect('letter', 'second'),
    ];
    const first = await world.make('book', { left: book });
    const id = await world.make('letter', { left: letter });
    const second = await world.make('second', { left: other });
    for (const one of [first, id, second]) await world.previewAndApply(one);
    const event = {
      organisationId: world.organisationId,
      account: 'letter',
      connector: 'letter',
      recordId: '7',
    };
    await hint(world.database, world.world, [
      { ...event, topic: 'reader.changed' },
      { ...event, topic: 'reader.sang' },
    ]);
    const hints = await world.database.query(
      'select integration, side, record_id from sync_hints where organisation_id = $1',
      [world.organisationId],
    );
    expect(hints).toEqual([{ integration: id, side: 'left', record_id: '7' }]);
  });
});

describe('what it is about stays what it is about', () => {
  it('an account of another application is refused, linked or not, connected or not', async () => {
    const { world, cards, customers } = await openWorld();
    await world.connect('register');
    const [book, letter] = [await world.connect('book'), await world.connect('letter')];
    const id = await world.make('one', { left: book });
    const swap = () => world.integrations.set(world.organisationId, id, { connections: { left: letter } });
    expect(await refusal(swap())).toMatch(/a été réglée pour The book/);
    cards.put(null, { qui: ada, courriel: 'ada@essai.example' });
    await world.previewAndApply(id);
    await world.disconnect(book);
    expect(await refusal(swap())).toMatch(/a été réglée pour The book/);
    // Its side is known while its account is not there: nothing seems to be gone.
    await world.settle();
    expect(await world.services.get(world.organisationId, id)).toMatchObject({
      left: { object: 'book.cards', connector: { id: 'book', connected: false } },
      counts: { inSync: 1 },
    });
    await world.connect('book');
    customers.edit(customers.live()[0]!.id, { Tel: '+33198765432' });
    await world.settle();
    expect(cards.live().map(({ values }) => values.numero)).toEqual(['+33198765432']);
  });

  it('another account of the same application takes over where nothing is linked yet', async () => {
    const { world } = await openWorld();
    await world.connect('register');
    const [one, other] = [await world.connect('book', 'one'), await world.connect('book', 'other')];
    const id = await world.make('one', { left: one });
    const changed = await world.integrations.set(world.organisationId, id, { connections: { left: other } });
    expect(changed?.connections.left).toMatchObject({ account: { id: 'other' }, state: 'active' });
  });

  it('the register’s own account is refused as its other side', async () => {
    const { world } = await openWorld();
    const register = await world.connect('register');
    expect(await refusal(world.make('itself', { left: register }))).toMatch(
      /The register est déjà l’autre côté de cette synchronisation/,
    );
    expect(await world.world.integrations(world.organisationId)).toEqual([]);
  });

  it('other records of the register begin with their own mapping; once some are linked they stay', async () => {
    const { world, cards, customers, prospects } = await openWorld();
    await world.connect('register');
    const id = await world.make('one', { left: await world.connect('book') });
    const org = world.organisationId;
    const shown = await world.services.get(org, id);
    const choose = (module: string, more: object = {}) =>
      world.services.set(org, id, { options: { left: {}, right: { module } }, ...more });
    cards.put(null, { qui: ada, courriel: 'ada@essai.example', numero: '+33123456789' });
    customers.put(null, { Name: { given: 'Bea', family: 'Deux' }, Mail: 'bea@essai.example' });
    await world.services.startPreview(org, id);
    await world.turns();
    // Whoever sends back all that was shown means the choice alone.
    const moved = await choose('register.prospects', { rules: shown!.settings.rules });
    expect(moved).toMatchObject({ phase: 'new', right: { object: 'register.prospects' } });
    expect(moved?.settings.rules.fields.map(({ right }) => right)).toEqual(['Label', 'Address']);
    await world.previewAndApply(id);
    await world.settle();
    expect(prospects.live().map(({ values }) => values.Address)).toEqual(['ada@essai.example']);
    expect(customers.live().length).toBe(1);
    expect((await world.services.get(org, id))?.counts).toMatchObject({ inSync: 1, alone: 0, waiting: 0 });
    expect(await refusal(choose('register.customers'))).toMatch(/déjà liées \(register.prospects\u00a0: 1\)/);
    expect(await refusal(choose('register.nobody'))).toMatch(/n’y existe pas/);
    expect((await world.services.get(org, id))?.right.object).toBe('register.prospects');
  });
});

it('a preset has the same mapping, and nothing to choose', async () => {
  const { flow } = await openWorld();
  const [object, register] = [flow.objects[0]!, flow.objects[2]!];
  const preset = peopleSync({
    ...flow,
    left: always(object as Parameters<typeof always>[0]),
    right: always(register as Parameters<typeof always>[0]),
  });
  const chosen = { left: { connector: 'book', options: {} }, right: { connector: 'register', options: {} } };
  const [one, other] = [preset.between(chosen), flow.between(chosen)];
  expect(one.defaults.rules).toEqual(other.defaults.rules);
  expect(one.right.options).toEqual([]);
  expect(other.right.options.map(({ id }) => id)).toEqual(['module']);
  // The same choice is the same sync: what is remembered of it is found again.
  expect(flow.between(chosen)).toBe(other);
});
