import { setTag } from '../conformance/mailchimp-owner.ts';
import { bearer, signIn } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import { type Liaison, startLiaison, until } from './liaison-process.ts';
import { mailchimpWorld } from './mailchimp-world.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** Filters of syncs as the API takes them, over the sandbox's CRM, address book and audience. */

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
let google: OutsideUser;
let contacts: SystemSync;
let mailchimp: SystemSync;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  google = await outsideUser(
    liaison.sandboxUrl,
    'google',
    'google-people',
    'google-people',
    'https://www.googleapis.com/auth/contacts',
  );
  contacts = await systemSync(place.connectionString, 'contacts-google-crm');
  mailchimp = await systemSync(place.connectionString, 'mailchimp-crm');
}, 60_000);
afterAll(async () => {
  await contacts?.close();
  await mailchimp?.close();
  await endAll(place, [liaison]);
}, 30_000);

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}
let token: string | undefined;
async function ask<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: object,
  language = 'en',
): Promise<Answered<T>> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      ...(token === undefined ? {} : bearer(token)),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

const where = (field: string, is: string, value: unknown) => ({ all: [{ field, is, value }] });
const GOOGLE = '/integrations/contacts-google-crm';
const AUDIENCE = '/integrations/mailchimp-crm';

interface SyncView {
  readonly phase: string;
  readonly filter: { readonly left: unknown; readonly right: unknown; readonly leaving: string } | null;
  readonly filterWords: Record<'left' | 'right', { en: string; fr: string } | null> | null;
  readonly leftOut: readonly { readonly code: string; readonly records: number }[];
}
const setFilter = (path: string, filter: unknown) => ask<SyncView>('PATCH', path, { filter });

const person = (one: string, label?: string) => ({
  names: [{ givenName: one, familyName: 'Filtre' }],
  emailAddresses: [{ value: `${one}@filtre.example` }],
  ...(label === undefined
    ? {}
    : { memberships: [{ contactGroupMembership: { contactGroupResourceName: label } }] }),
});
const inCrm = async (one: string) =>
  (await crm.contacts()).find(({ Email }) => Email === `${one}@filtre.example`);
interface Listed {
  readonly connections?: readonly {
    readonly resourceName: string;
    readonly emailAddresses?: readonly { readonly value: string }[];
    readonly phoneNumbers?: readonly { readonly value: string }[];
  }[];
}
const inBook = async (one: string) =>
  (
    (
      await google.call<Listed>(
        'GET',
        '/v1/people/me/connections?pageSize=1000&personFields=emailAddresses,phoneNumbers',
      )
    ).connections ?? []
  ).find(({ emailAddresses }) => emailAddresses?.some(({ value }) => value === `${one}@filtre.example`));

describe('a filter of a sync', () => {
  it('is refused where it cannot be, with the side, and nothing is saved', async () => {
    const { status, body } = await ask<{ fields: { field: string; detail: string }[] }>(
      'PATCH',
      GOOGLE,
      { filter: { left: where('nowhere', 'equals', 'x') } },
      'fr',
    );
    expect([status, body.fields[0]?.field]).toEqual([422, 'filter.left.all.0.field']);
    for (const [filter, field] of [
      [where('nowhere', 'equals', 'x'), 'filter.all.0.field'],
      [{ right: where('Email', 'at-least', 3) }, 'filter.right.all.0.is'],
      [{ right: where('Owner', 'equals', 'me') }, 'filter.right.all.0.value'],
      [{ right: { all: [] } }, 'filter.right.all'],
    ] as const) {
      const answer = await ask<{ fields: { field: string }[] }>('PATCH', GOOGLE, { filter });
      expect([field, answer.status, answer.body.fields[0]?.field]).toEqual([field, 422, field]);
    }
    const takes = await ask<{ fields: { field: string }[] }>('PATCH', GOOGLE, { filterTakes: 'each' });
    expect([takes.status, takes.body.fields[0]?.field]).toEqual([422, 'filterTakes']);
    const ofSync = await ask('PATCH', '/integrations/deal-won-to-slack', { filter: { left: null } });
    expect(ofSync.status).toBe(422);
    expect((await ask<SyncView>('GET', GOOGLE)).body.filter).toBeNull();
  });

  it('asks each side what conditions can be built from, and how many fit', async () => {
    const { body: group } = {
      body: await google.call<{ resourceName: string }>('POST', '/v1/contactGroups', {
        contactGroup: { name: 'Salons' },
      }),
    };
    await google.call('POST', '/v1/people:createContact', person('compte', group.resourceName));
    interface Fields {
      readonly fields: readonly {
        name: string;
        kind: string;
        choices: { value: string; title: string }[] | null;
        me: boolean;
      }[];
    }
    const left = (await ask<Fields>('GET', `${GOOGLE}/filter/fields?side=left`)).body.fields;
    const right = (await ask<Fields>('GET', `${GOOGLE}/filter/fields`)).body.fields;
    const labels = left.find(({ name }) => name === 'memberships');
    expect(labels?.choices).toContainEqual({ value: group.resourceName, title: 'Salons' });
    expect(right.find(({ name }) => name === 'Owner')).toMatchObject({ kind: 'person', me: true });
    const tags = (await ask<Fields>('GET', `${AUDIENCE}/filter/fields?side=left`)).body.fields;
    expect(tags.find(({ name }) => name === 'tags')?.kind).toBe('label');

    interface Count {
      readonly count: number | null;
      readonly words: { fr: string } | null;
    }
    const count = async (path: string, body: object) => (await ask<Count>('POST', path, body)).body;
    const salons = { side: 'left', filter: where('memberships', 'contains', 'Salons') };
    expect(await count(`${GOOGLE}/filter/count`, salons)).toMatchObject({
      count: 1,
      words: { fr: 'Libellés contient «\u00a0Salons\u00a0»' },
    });
    const cities = (await crm.contacts()).filter(({ Mailing_City }) => Mailing_City === 'Lyon').length;
    const lyon = where('Mailing_City', 'equals', 'Lyon');
    expect((await count(`${GOOGLE}/filter/count`, { filter: lyon })).count).toBe(cities);
    expect(
      (await count('/flows/filter/count', { flow: 'contacts-google-crm', side: 'right', filter: lyon }))
        .count,
    ).toBe(cities);
    expect(
      (
        await count(`${AUDIENCE}/filter/count`, {
          side: 'left',
          filter: where('tags', 'contains', 'International'),
        })
      ).count,
    ).toBeGreaterThan(0);
  });

  it('lets only what fits take part, on either side, by labels and by any field of the CRM', async () => {
    const { resourceName: label } = await google.call<{ resourceName: string }>('POST', '/v1/contactGroups', {
      contactGroup: { name: 'Clients' },
    });
    await google.call('POST', '/v1/people:createContact', person('alice', label));
    await google.call('POST', '/v1/people:createContact', person('bruno'));
    const [, chloe = ''] = await crm.create([
      { First_Name: 'denis', Last_Name: 'Filtre', Email: 'denis@filtre.example', Mailing_City: 'Paris' },
      {
        First_Name: 'chloe',
        Last_Name: 'Filtre',
        Email: 'chloe@filtre.example',
        Mailing_City: 'Lyon',
      },
    ]);
    const filter = {
      left: where('memberships', 'contains', 'Clients'),
      right: {
        all: [
          { field: 'Mailing_City', is: 'equals', value: 'lyon' },
          { field: 'Owner', is: 'filled' },
        ],
      },
      leaving: 'removed',
    };
    const set = await setFilter(GOOGLE, filter);
    expect(set.status).toBe(200);
    expect(set.body.filter).toEqual(filter);
    expect(set.body.filterWords?.left?.fr).toBe('Libellés contient «\u00a0Clients\u00a0»');
    const plan = (await contacts.preview()).plan as {
      counts: { left: { create: number }; right: { create: number } };
    };
    await contacts.apply();
    await contacts.quiet();
    expect([await inBook('chloe'), await inCrm('alice')].map(Boolean)).toEqual([true, true]);
    expect([await inBook('denis'), await inCrm('bruno')]).toEqual([undefined, undefined]);
    expect(plan.counts.right.create).toBe(1);
    const view = (await ask<SyncView>('GET', GOOGLE)).body;
    expect(view.leftOut.some(({ code, records }) => code === 'filter' && records > 2)).toBe(true);

    await crm.update([{ id: chloe, Mailing_City: 'Paris' }]);
    await until(async () => (await inBook('chloe')) === undefined, 20_000);
    expect(await inCrm('chloe')).toBeDefined();
    await crm.update([{ id: chloe, Mailing_City: 'Lyon', Phone: '+33 4 78 00 00 01' }]);
    await until(async () => (await inBook('chloe')) !== undefined, 20_000);
    expect((await crm.contacts()).filter(({ Email }) => Email === 'chloe@filtre.example')).toHaveLength(1);
  }, 90_000);

  it('says of a record why it was left out', async () => {
    interface Records {
      readonly records: readonly {
        readonly exclusion: {
          code: string;
          sentence: { en: string; fr: string };
          canInclude: boolean;
        } | null;
      }[];
    }
    const { body } = await ask<Records>('GET', `${GOOGLE}/records?search=denis&state=excluded`);
    expect(body.records[0]?.exclusion).toMatchObject({
      code: 'filter',
      canInclude: false,
      sentence: {
        fr: 'Le filtre l’a laissé de côté\u00a0: Ville (envoi) était «\u00a0Paris\u00a0», et non «\u00a0lyon\u00a0». Pris en compte dès que le filtre le permet.',
      },
    });
  });

  it('changes side by side: what is left out of it stays, a group alone is the CRM’s, null clears', async () => {
    const right = where('Last_Name', 'equals', 'Filtre');
    const bare = (await setFilter(GOOGLE, right)).body.filter;
    expect(bare).toEqual({ left: where('memberships', 'contains', 'Clients'), right, leaving: 'removed' });
    expect((await ask<SyncView>('GET', GOOGLE)).body.phase).toBe('new');
    const cleared = (await setFilter(GOOGLE, { left: null, leaving: 'kept' })).body.filter;
    expect(cleared).toEqual({ left: null, right, leaving: 'kept' });
    expect((await setFilter(GOOGLE, null)).body.filter).toBeNull();
    interface History {
      readonly changes: readonly { readonly filterOfSync: unknown }[];
    }
    const { changes } = (await ask<History>('GET', `${GOOGLE}/history`)).body;
    expect(changes.slice(0, 2).map(({ filterOfSync }) => filterOfSync)).toEqual([
      null,
      { left: null, right, leaving: 'kept' },
    ]);
  });

  it('counts by the CRM’s own query what a preview counts by our own evaluation', async () => {
    const everybody = { filter: where('Last_Name', 'filled', undefined) };
    const all = (await ask<{ count: number }>('POST', `${GOOGLE}/filter/count`, everybody)).body.count;
    const owner = String(((await crm.contacts())[0]?.Owner as { name?: string } | undefined)?.name ?? '');
    interface Preview {
      readonly forecast: { readonly unfitting: { readonly right: number } } | null;
    }
    const seen = new Set<number>();
    for (const right of [
      where('Owner', 'equals', owner),
      where('Lead_Source', 'in', ['Trade Show', 'Partner']),
      where('Created_Time', 'at-least', 'today'),
      where('Created_Time', 'before', { today: -1 }),
      where('Email_Opt_Out', 'equals', true),
      { any: [where('Mailing_City', 'contains', 'ly'), { all: [{ field: 'Phone', is: 'empty' }] }] },
      where('Account_Name', 'filled', undefined),
    ]) {
      const { body } = await ask<{ count: number }>('POST', `${GOOGLE}/filter/count`, { filter: right });
      const { status, body: answered } = await setFilter(GOOGLE, { right });
      expect([status, status === 200 || answered]).toEqual([200, true]);
      await contacts.preview();
      const { forecast } = (await ask<Preview>('GET', `${GOOGLE}/preview`)).body;
      expect([right, all - (forecast?.unfitting.right ?? 0)]).toEqual([right, body.count]);
      seen.add(body.count);
    }
    // They differ, so that no filter that fits all or none passes for another.
    expect(seen.size).toBeGreaterThan(3);
    await setFilter(GOOGLE, null);
  }, 120_000);

  it('of a person’s own may ask for their records', async () => {
    interface Made extends SyncView {
      readonly id: string;
    }
    const mine = where('Owner', 'equals', 'me');
    token = (await signIn(liaison.url)).token;
    const made = await ask<Made>('POST', '/integrations', {
      flow: 'contacts-google-crm',
      name: 'My own',
      owner: 'me',
      filter: mine,
    });
    expect([made.status, made.body.filter ?? made.body]).toEqual([
      200,
      { left: null, right: mine, leaving: 'unlinked' },
    ]);
    expect(made.body.filterWords?.right?.fr).toBe('Propriétaire est moi');
    const me = (await ask<{ user: { name: string } | null }>('GET', '/me')).body.user?.name;
    const own = (await crm.contacts()).filter(
      ({ Owner }) => (Owner as { name?: string } | null)?.name === me,
    );
    const { body } = await ask<{ count: number }>('POST', `/integrations/${made.body.id}/filter/count`, {});
    expect(body.count).toBe(own.length);
    const same = await ask<{ count: number }>('POST', '/flows/filter/count', {
      flow: 'contacts-google-crm',
      owner: 'me',
      filter: mine,
    });
    expect(same.body.count).toBe(own.length);
    await ask('DELETE', `/integrations/${made.body.id}`);
    token = undefined;
  });

  it('of an audience sees every tag, and a member who loses it is unlinked and found again', async () => {
    const world = mailchimpWorld(liaison.sandboxUrl);
    const [tagged] = (await world.members()).filter(
      ({ tags, status }) => tags.length > 0 && status === 'subscribed',
    );
    const email = tagged?.email ?? '';
    const set = await setFilter(AUDIENCE, {
      left: where('tags', 'contains', 'International'),
      right: where('Email', 'filled', undefined),
    });
    expect(set.body.filter).toMatchObject({ leaving: 'unlinked' });
    await mailchimp.preview();
    await mailchimp.apply();
    await mailchimp.quiet();
    const linked = async () =>
      (
        await mailchimp.database.query<{ linked: boolean }>(
          `select link_id is not null as linked from sync_records
           where organisation_id = $1 and integration = $2 and side = 'left' and record_id = $3`,
          [mailchimp.key.organisationId, mailchimp.key.integration, tagged?.contactId],
        )
      )[0]?.linked;
    expect(await linked()).toBe(true);
    const before = (await crm.contacts()).length;
    await setTag(liaison.sandboxUrl, email, { name: 'International', status: 'inactive' });
    await mailchimp.quiet();
    expect(await linked()).toBe(false);
    await setTag(liaison.sandboxUrl, email, { name: 'International', status: 'active' });
    await mailchimp.quiet();
    expect(await linked()).toBe(true);
    expect((await crm.contacts()).length).toBe(before);
    expect((await world.members()).filter((one) => one.email === email)).toHaveLength(1);
  }, 90_000);
});
