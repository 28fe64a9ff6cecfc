import type { Sentence } from '../../core/sentence.ts';
import type { FieldValues, SideRecord, SyncField } from '../../core/sync-object.ts';
import type { Standing } from './client.ts';
import type { Subscriber } from './shapes.ts';

export const EMAIL = 'contact_email';
/** First and last name as one: `{ given, family }`. */
export const NAME = 'name';
export const PHONE = 'phone';
export const COMPANY = 'companyname';
/** True when the person unsubscribed, called it spam, or the address bounces. */
export const OPTED_OUT = 'opted_out';
const STATUS = 'status';

/** No page says how long a text may be; a field that one makes oneself takes so many characters at most. */
const MOST = 255;

/**
 * What a list tells of its people. Other fields of the account can be written and are shown by no call: they could not be
 * kept equal, and are left alone. https://www.zoho.com/campaigns/help/developers/get-list-subscribers.html
 */
export const FIELDS: readonly SyncField[] = [
  { id: EMAIL, titles: { en: 'E-mail', fr: 'E-mail' }, kind: 'email', required: true, maxLength: MOST },
  { id: NAME, titles: { en: 'Name', fr: 'Nom complet' }, kind: 'name', maxLength: MOST },
  { id: PHONE, titles: { en: 'Phone', fr: 'Téléphone' }, kind: 'phone', maxLength: MOST },
  { id: COMPANY, titles: { en: 'Company', fr: 'Société' }, kind: 'company', maxLength: MOST },
  // Without it nobody could tell who must not be put in: a list knows subscribers only.
  { id: OPTED_OUT, titles: { en: 'Unsubscribed', fr: 'Désabonné' }, kind: 'consent', required: true },
  {
    id: STATUS,
    titles: { en: 'Status', fr: 'Statut' },
    kind: 'choice',
    readOnly: true,
    choices: ['active', 'unsub', 'bounce', 'spam'],
  },
];

export const USUAL_FIELDS: readonly Pick<SyncField, 'id' | 'titles'>[] = FIELDS;

/** Whoever is known by this address, whatever its case. */
export const idOf = (email: string): string => email.trim().toLowerCase();

export const emailOf = (values: FieldValues): string => {
  const email = values[EMAIL];
  return typeof email === 'string' ? email.trim() : '';
};

export const valuesOf = (subscriber: Subscriber, standing: Standing): FieldValues => ({
  [EMAIL]: subscriber.email,
  [NAME]: { given: subscriber.given, family: subscriber.family },
  [PHONE]: subscriber.phone || null,
  [COMPANY]: subscriber.company || null,
  [OPTED_OUT]: standing !== 'active',
  [STATUS]: standing,
});

/** Who left can be changed by no call but the one that subscribes: what is known of them is left alone. */
const LEFT: Sentence = {
  en: 'This person is not subscribed any more. Zoho Campaigns takes changes only by subscribing somebody, so nothing of theirs is changed there.',
  fr: 'Cette personne n’est plus abonnée. Zoho Campaigns ne prend de modifications qu’en abonnant quelqu’un\u00a0: rien n’y est donc modifié.',
};
const LEFT_ALONE = { [NAME]: LEFT, [PHONE]: LEFT, [COMPANY]: LEFT };

export function recordOf(subscriber: Subscriber, standing: Standing, fields: readonly string[]): SideRecord {
  const values = valuesOf(subscriber, standing);
  const name = `${subscriber.given} ${subscriber.family}`.trim();
  return {
    id: idOf(subscriber.email),
    // Campaigns has none: what it shows is compared.
    version: null,
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
    label: name === '' ? subscriber.email : `${name} (${subscriber.email})`,
    ...(standing === 'active' ? {} : { withheld: LEFT_ALONE }),
  };
}

/** The account's fields that these values write; a blank clears, as an empty text. */
export function fieldsFrom(values: FieldValues): Record<string, string> {
  const fields: Record<string, string> = {};
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  for (const [id, value] of Object.entries(values)) {
    if (id === NAME) {
      const { given, family } = (value ?? {}) as { given?: unknown; family?: unknown };
      fields.firstname = text(given);
      fields.lastname = text(family);
    } else if (id === PHONE || id === COMPANY) fields[id] = text(value);
  }
  return fields;
}
