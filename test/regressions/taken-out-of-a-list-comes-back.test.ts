import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

const OPTIONS = { list: NEWSLETTER, topic: TOPICS[0]?.id ?? '', optOut: 'list' };
const HELENE = 'helene.delatour@clos-vert.example';

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

it('whoever was taken out of a list that has no form is put in by no change of theirs, and is told as gone', async () => {
  const sandbox = await openSandbox('taken-out', { only: ['zoho-campaigns', 'zoho-accounts'] });
  try {
    const { client } = await sandbox.connect(zohoCampaigns);
    await sandbox.act('zoho-campaigns', { act: 'take-out', email: HELENE });
    const values = { phone: '+33 4 65 71 99 98' };
    const change = { id: HELENE, version: null, values, whole: values };
    expect(await subscriber.update(client, [change], OPTIONS)).toMatchObject([
      { ok: false, error: { kind: 'gone' } },
    ]);
    expect(await sandbox.ledger('zoho-campaigns')).toEqual([]);
  } finally {
    await sandbox.close();
  }
});

it('where only people make again what is gone, an edit does not, nor a new record of the same person, until people do', async () => {
  const left = memoryVendor('crm', { fields: FIELDS });
  const list = memoryVendor('list', { fields: FIELDS });
  const why = { en: 'Gone from the list.', fr: 'Partie de la liste.' };
  const right = {
    ...list,
    object: {
      ...list.object,
      isListed: () => false,
      staysGone: {
        why,
        idOf: ({ email }: { readonly email?: unknown }) => (typeof email === 'string' ? email : null),
        mayBeUnseen: async () => false,
      },
    },
  };
  const rig = await openSyncRig(shared, {
    left,
    right,
    rules: {
      matchBy: [['email']],
      create: { left: true, right: true },
      remove: { left: 'keep', right: 'keep' },
    },
  });
  const lea = list.put('lea@x.example', { name: 'Léa', email: 'lea@x.example' });
  const [one] = [left.put(null, { name: 'Léa', email: 'lea@x.example' })];
  await rig.previewAndApply();
  const reasonOf = async (id: string): Promise<unknown> =>
    (
      await shared.database.query<{ excluded: { en: string } | null }>(
        `select excluded from sync_records where organisation_id = $1 and side = 'left' and record_id = $2`,
        [rig.key.organisationId, id],
      )
    )[0]?.excluded?.en;
  list.remove(lea);
  for (const note of ['first', 'second']) {
    left.edit(one ?? '', { note });
    await rig.settle();
    expect(list.written.filter(({ operation }) => operation === 'create')).toEqual([]);
    expect(await reasonOf(one ?? '')).toBe(why.en);
  }
  left.remove(one ?? '');
  const other = left.put(null, { name: 'Léa', email: 'lea@x.example' });
  await rig.settle();
  expect(list.live()).toEqual([]);
  expect(await reasonOf(other)).toBe(why.en);
  // Somebody adds her again there: the two are one, and her changes travel.
  list.put(lea, { name: 'Léa', email: 'lea@x.example' });
  await rig.settle();
  left.edit(other, { note: 'third' });
  await rig.settle();
  expect(list.live().map(({ values }) => values.note)).toEqual(['third']);
  await rig.close();
});
