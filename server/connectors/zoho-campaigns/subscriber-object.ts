import { LiaisonError } from '../../core/errors.ts';
import type { PeopleObject } from '../../core/sync/person.ts';
import { PAGE, type ZohoCampaignsClient } from './client.ts';
import { PEOPLE_A_MINUTE, zohoCampaigns } from './connector.ts';
import { listOf } from './mailing-list.ts';
import { findSubscribers } from './reading-lists.ts';
import { subscriberChanges } from './subscriber-changes.ts';
import {
  COMPANY,
  EMAIL,
  emailOf,
  FIELDS,
  idOf,
  NAME,
  OPTED_OUT,
  PHONE,
  recordOf,
  USUAL_FIELDS,
} from './subscriber-fields.ts';
import { demandTopic, readOptions, subscriberOptions } from './subscriber-options.ts';
import { create, LOT, NOT_MADE_AGAIN, OPTED_OUT_ALREADY, STAYS, update } from './subscriber-writes.ts';

/**
 * People of one mailing list, by their addresses. Nobody is ever subscribed by it who left: whoever is in the list and
 * unsubscribed, bounces or called it spam is known as one who opted out, and nothing of theirs is written.
 */
export const subscriber: PeopleObject<ZohoCampaignsClient> = {
  id: 'zohoCampaigns.subscriber',
  connector: zohoCampaigns,
  titles: { en: 'Zoho Campaigns subscribers', fr: 'Abonnés Zoho Campaigns' },
  batch: { list: PAGE, read: PAGE, create: LOT, update: LOT, remove: LOT },
  lagMs: 0,
  // Campaigns announces nothing of its lists: the webhooks that it has are those of its transactional mail.
  topics: [],
  options: subscriberOptions,
  usualFields: USUAL_FIELDS,
  person: {
    parts: { name: NAME, email: EMAIL, phone: PHONE, company: COMPANY, consent: OPTED_OUT },
    // Everybody in a list has an address, and no other person has the same.
    alsoKnownBy: [],
  },
  cost: {
    unit: { en: 'minutes at least', fr: 'minutes au moins' },
    credits: ({ records }) => Math.ceil(records / PEOPLE_A_MINUTE),
  },
  stays: STAYS,
  declines: (values) => (values[OPTED_OUT] === true ? OPTED_OUT_ALREADY : null),
  staysGone: {
    why: NOT_MADE_AGAIN,
    idOf: (values) => idOf(emailOf(values)) || null,
    // Who was asked to confirm is shown by no call until they do.
    mayBeUnseen: async (client, options) => (await listOf(client, readOptions(options).list)).list.hasForm,
  },
  // Who was asked to confirm is in no list until they do: nobody is gone for not being met.
  isListed: () => false,

  async fields(client, options) {
    const { topic } = readOptions(options);
    await demandTopic(client, topic);
    return FIELDS;
  },

  changes(client, { cursor, fields, options }) {
    const { list } = readOptions(options);
    return subscriberChanges(client, cursor, {
      list,
      shown: (one, standing) => recordOf(one, standing, fields),
    });
  },

  async read(client, { ids, fields, options }) {
    const { list } = readOptions(options);
    const found = await findSubscribers(client, list, ids);
    return found.map((one) => recordOf(one.subscriber, one.standing, fields));
  },

  create: (client, drafts, options) => create(client, drafts, readOptions(options)),
  update: (client, patches, options) => update(client, patches, readOptions(options)),
  remove: async (_client, ids) =>
    ids.map(() => ({ ok: false, error: new LiaisonError('rejected', { sentence: STAYS }) })),
};
