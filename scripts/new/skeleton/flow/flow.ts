import { zohoCrm } from '../../../../server/connectors/zoho-crm/connector.ts';
import { defineAutomation } from '../../../../server/core/flow.ts';
import { MOST_OFFERED } from '../../../../server/core/trial.ts';
import { settings } from './settings.ts';

export const newThing = defineAutomation({
  kind: 'automation',
  id: 'new-thing',
  // To fill in: its name, and one sentence that says from where to where it carries what.
  titles: { en: 'New Thing', fr: 'New Thing' },
  direction: {
    en: 'When a contact is made in Zoho CRM, …',
    fr: 'Quand un contact est créé dans Zoho CRM, …',
  },
  // To fill in: what Zoho itself offers for this, and when that is the better choice.
  native: {
    en: 'Zoho Flow offers … Use it when …',
    fr: 'Zoho Flow propose … Utilisez-le si …',
  },
  // To fill in: the accounts that it needs, by a connector or by what they offer (`offers: 'messages'`).
  roles: { source: { connector: 'zoho-crm' } },
  settings,
  // To fill in: what begins it, and which events must be handled one after the other.
  trigger: {
    kind: 'event',
    connector: 'zoho-crm',
    topics: ['Contacts.insert'],
    coalesce: true,
    record: ({ recordId }) => (recordId === null ? null : { object: 'zohoCrm.contacts', id: recordId }),
    sweep: {
      everySeconds: 60,
      recognisedBy: 'record',
      // To fill in: how what no webhook announced is found.
      look: async ({ cursor }) => ({ events: [], cursor }),
    },
  },
  // To fill in: what it is tried on, and what a run about it would begin with.
  trial: {
    async records({ client }) {
      const { records } = await client(zohoCrm).list('Contacts', {
        fields: ['Full_Name'],
        perPage: MOST_OFFERED,
        sortBy: 'Modified_Time',
        sortOrder: 'desc',
      });
      return records.map(({ id, Full_Name: name }) => ({ id, title: String(name ?? id) }));
    },
    event: async (_source, record) => ({ topic: 'Contacts.insert', recordId: record, body: {} }),
  },
  // To fill in: each call, with how a repeated write is recognised (`keyed`, `lookup`, `idempotency-key`).
  steps: {
    contact: {
      titles: { en: 'Read the contact', fr: 'Lire le contact' },
      connector: 'zoho-crm',
      effect: 'read',
    },
  },
  // To fill in: the work. Between steps it only computes.
  async run({ event, settings: { prefix }, client, read }) {
    const id = event.recordId ?? '';
    const contact = await read('contact', () => client(zohoCrm).record('Contacts', id, ['Last_Name']));
    const name = String(contact?.Last_Name ?? '');
    return contact !== null && name.startsWith(prefix)
      ? { state: 'done', summary: { en: `Saw ${name}.`, fr: `${name} a été vu.` } }
      : { state: 'skipped', summary: { en: 'It is not one of these.', fr: 'Il n’en fait pas partie.' } };
  },
});
