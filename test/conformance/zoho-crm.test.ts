import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const HOOK = 'http://127.0.0.1:3000/hooks/zoho-crm/key-1';
let sandbox: OpenSandbox;
let crm: Connected<ZohoCrmClient>;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-crm', { only: ['zoho-accounts', 'zoho-crm'] });
  crm = await sandbox.connect(zohoCrm);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

describe('whose CRM it is', () => {
  it('says how the organisation writes numbers, dates and money', () => {
    expect(crm.account).toMatchObject({
      id: '20098765432',
      facts: { organisationId: '20098765432', locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' },
    });
    expect(crm.account.name).toContain('Lumen');
    expect(zohoCrm.objects.find((one) => one.id === 'zohoCrm.deals')?.url?.('42', crm.account)).toBe(
      'https://crm.zoho.eu/crm/org20098765432/tab/Potentials/42',
    );
  });

  it('fails with reconnect when the token is no good', async () => {
    expect((await failureOf(sandbox.connect(zohoCrm, 'wrong'))).kind).toBe('reconnect');
  });
});

describe('records', () => {
  it('come back as they were created, with accents, and update by id', async () => {
    const { id } = await crm.client.createOne(
      'Leads',
      { Last_Name: 'Pélissier-Œuvrard', Company: 'Café & Cie' },
      [],
    );
    await crm.client.updateOne('Leads', { id, Phone: '+33 4 78 00 00 00' }, []);
    expect(await crm.client.record('Leads', id)).toMatchObject({
      id,
      Last_Name: 'Pélissier-Œuvrard',
      Company: 'Café & Cie',
      Phone: '+33 4 78 00 00 00',
    });
  });

  it('are null when they do not exist', async () => {
    expect(await crm.client.record('Deals', '487687600000999999')).toBeNull();
  });

  it('are inserted once and updated from then on by an upsert', async () => {
    const values = { Last_Name: 'Roux', Company: 'Roux', Email: 'roux.upsert@example.com' };
    const first = await crm.client.upsertOne('Leads', values, ['Email'], []);
    const second = await crm.client.upsertOne('Leads', { ...values, City: 'Lyon' }, ['Email'], []);
    expect([first.action, second.action]).toEqual(['insert', 'update']);
    expect(second.id).toBe(first.id);
  });

  it('of a batch fail one by one, with the field and the words of Zoho', async () => {
    const results = await crm.client.create(
      'Leads',
      [
        { Last_Name: 'Bon', Company: 'A' },
        { Company: 'Sans nom' },
        { Last_Name: 'Bon aussi', Company: 'B', Email: 'no address' },
      ],
      [],
    );
    expect(results.map((result) => result.ok)).toEqual([true, false, false]);
    const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
    expect(errors.map((error) => [error.kind, error.details.field])).toEqual([
      ['rejected', 'Last_Name'],
      ['rejected', 'Email'],
    ]);
    expect(errors[0]?.details.vendorMessage).toContain('MANDATORY_NOT_FOUND');
    expect(errors[0]?.details.sentence.fr).toContain('Nom de famille');
  });

  it('all refused are told one by one too', async () => {
    const error = await failureOf(crm.client.createOne('Leads', { Company: 'Sans nom' }, []));
    expect([error.kind, error.details.field]).toEqual(['rejected', 'Last_Name']);
  });

  it('go out at most 100 at a time', async () => {
    const leads = Array.from({ length: 101 }, (_, index) => ({ Last_Name: `Lot ${index}`, Company: 'Lot' }));
    const before = crm.exchanges.length;
    const results = await crm.client.create('Leads', leads, []);
    expect(results.every((result) => result.ok)).toBe(true);
    expect(crm.exchanges.length - before).toBe(2);
  });

  it('are read many in one call', async () => {
    const { records } = await crm.client.list('Deals', { fields: ['Deal_Name'], perPage: 3 });
    const before = crm.exchanges.length;
    const again = await crm.client.records(
      'Deals',
      records.map((deal) => deal.id),
      ['Deal_Name', 'Stage'],
    );
    expect(again.map((deal) => deal.id).sort()).toEqual(records.map((deal) => deal.id).sort());
    expect(crm.exchanges.length - before).toBe(1);
  });

  it('are listed to the last, page after page, each once', async () => {
    const ids: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await crm.client.list('Leads', {
        fields: ['Last_Name'],
        perPage: 40,
        ...(pageToken ? { pageToken } : {}),
      });
      ids.push(...page.records.map((lead) => lead.id));
      pageToken = page.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(ids.length).toBeGreaterThan(100);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are found by e-mail and by criteria with signs that mean something there', async () => {
    const name = 'Lot (été), n°1';
    const { id } = await crm.client.createOne(
      'Leads',
      { Last_Name: name, Company: 'X', Email: 'ete@example.com' },
      [],
    );
    expect(
      (await crm.client.searchByEmail('Leads', 'ete@example.com', ['Email'])).map((lead) => lead.id),
    ).toEqual([id]);
    const found = await crm.client.search('Leads', [
      { field: 'Last_Name', comparator: 'equals', value: name },
    ]);
    expect(found.map((lead) => lead.id)).toEqual([id]);
    expect(await crm.client.searchByEmail('Leads', 'nobody@example.com')).toEqual([]);
  });
});

describe('notes and fields', () => {
  it('keeps a note with its record', async () => {
    const { id: lead } = await crm.client.createOne('Leads', { Last_Name: 'Noté', Company: 'X' }, []);
    expect(await crm.client.notes('Leads', lead)).toEqual([]);
    const { id } = await crm.client.addNote('Leads', lead, { title: 'Paiement', content: 'Reçu pi_1' });
    expect(await crm.client.notes('Leads', lead)).toEqual([{ id, title: 'Paiement', content: 'Reçu pi_1' }]);
  });

  it('makes missing custom fields once', async () => {
    const wish = [{ label: 'Stripe total', type: 'text', length: 50 }] as const;
    const first = await crm.client.ensureFields('Contacts', wish);
    const count = (await crm.client.fields('Contacts')).length;
    expect(await crm.client.ensureFields('Contacts', wish)).toEqual(first);
    expect(await crm.client.fields('Contacts')).toHaveLength(count);
    expect(first['Stripe total']).toMatch(/^Stripe_total/i);
  });
});

describe('being told of changes', () => {
  const wish = {
    url: HOOK,
    secret: 'first-secret-of-the-hook',
    topics: ['Deals.workflow', 'Deals.update', 'Deals.insert'],
  };
  const mine = async () => (await sandbox.webhooks()).filter((hook) => hook.vendor === 'zoho-crm');

  it('installs its rules and its channel once, however often it is asked', async () => {
    const first = await zohoCrm.webhooks?.subscribe?.(crm.client, wish);
    const again = await zohoCrm.webhooks?.subscribe?.(crm.client, wish);
    expect(again?.map((one) => one.vendorId)).toEqual(first?.map((one) => one.vendorId));
    expect(first?.map((one) => one.kind)).toEqual(['secret-header', 'secret-header', 'body-token']);
    const days = ((first?.[2]?.expiresAt ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(5.9);
    expect(days).toBeLessThan(6.1);
    const held = await mine();
    expect(held).toHaveLength(3);
    for (const hook of held) expect(hook).toMatchObject({ url: HOOK, secret: wish.secret });
  });

  it('follows a new secret and a new public address', async () => {
    const moved = { ...wish, url: HOOK.replace('3000', '3999'), secret: 'second-secret-of-the-hook' };
    await zohoCrm.webhooks?.subscribe?.(crm.client, { ...moved, topics: ['Deals.workflow'] });
    const held = (await mine()).filter((hook) => hook.scheme === 'secret-header');
    expect(held.map((hook) => [hook.url, hook.secret])).toEqual([
      [moved.url, moved.secret],
      [moved.url, moved.secret],
    ]);
  });

  it('is taken back piece by piece, and again without harm', async () => {
    const subscriptions = (await zohoCrm.webhooks?.subscribe?.(crm.client, wish)) ?? [];
    for (const subscription of [...subscriptions, ...subscriptions.slice(0, 2)]) {
      await zohoCrm.webhooks?.unsubscribe?.(crm.client, subscription);
    }
    expect(await mine()).toEqual([]);
    const { 'automation-webhooks': left = [] } = await sandbox.state('zoho-crm');
    expect(left).toEqual([]);
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('zoho-crm', null));

  it('after the work was done leave a write that may have happened', async () => {
    await sandbox.fault('zoho-crm', { commitThenFail: '500', count: 1 });
    const error = await failureOf(
      crm.client.createOne('Leads', { Last_Name: 'Peut-être', Company: 'X' }, []),
    );
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(
      await crm.client.search('Leads', [{ field: 'Last_Name', comparator: 'equals', value: 'Peut-être' }]),
    ).toHaveLength(1);
  });

  it('that cut the answer do too', async () => {
    await sandbox.fault('zoho-crm', { truncate: true, count: 1 });
    const error = await failureOf(crm.client.createOne('Leads', { Last_Name: 'Coupé', Company: 'X' }, []));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  });

  it('of too many requests wait for as long as told', async () => {
    await sandbox.fault('zoho-crm', { status: 429, retryAfter: 7, count: 1 });
    // On a connection of its own: the pause holds for everything of one.
    const { client } = crm;
    const error = await failureOf(client.record('Deals', '1'));
    expect(error.kind).toBe('rate-limited');
    expect((error.details.retryAt ?? 0) - Date.now()).toBeGreaterThan(5_000);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(crm.exchanges)).toEqual(['www.zohoapis.eu']);
});
