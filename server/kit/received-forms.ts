import { createHash } from 'node:crypto';
import type { KeyAccount } from '../core/account-of-key.ts';
import type { FieldValue } from '../core/cells/cell.ts';
import type {
  Connector,
  ConnectorHttp,
  DeliveredFile,
  DeliveryBody,
  DeliveryHeaders,
  InboundEvent,
  KeyAuthorisation,
  Received,
  SignatureScheme,
} from '../core/connector.ts';
import type { FormAnswer, FormField, FormValue } from '../core/forms/answer.ts';
import type { FormsOffer } from '../core/forms/offer.ts';
import type { Sentence } from '../core/sentence.ts';

/** The topic of every answer: a connection is one form. */
export const ANSWER = 'answer';
/** The key that people enter here and at the tool. */
export const SECRET = 'secret';
const NAME = 'name';
const ADDRESSES = 'addresses';

const MOST_LATEST = 50;
const MOST_FIELDS = 300;
const DEEPEST = 4;
const LONGEST_KEY = 200;

/** A client of a tool that is never called: what it knows is what came. */
export interface ReceivedFormsClient {
  received(most: number): Promise<readonly Received[]>;
  download: ConnectorHttp['download'];
  readonly account: ConnectorHttp['account'];
}

interface Tool {
  readonly id: string;
  readonly titles: Sentence;
  readonly mark: string;
  /** Of one answer. */
  readonly object: { readonly id: string; readonly titles: Sentence };
  /** How people enter the address and the secret there. */
  readonly instructions: Sentence;
  readonly schemes: readonly SignatureScheme[];
}

/** A form tool that only delivers: each connection is one form, with an address and a secret of its own. */
export function receivedForms(tool: Tool): Connector<ReceivedFormsClient> {
  const { id, titles, mark, object, instructions, schemes } = tool;
  const authorisation: KeyAuthorisation = {
    kind: 'key',
    header: null,
    instructions,
    fields: {
      [NAME]: { titles: { en: 'Name of the form', fr: 'Nom du formulaire' }, shown: true, isText: true },
      [SECRET]: { titles: { en: 'Secret', fr: 'Secret' }, made: true },
      [ADDRESSES]: {
        titles: {
          en: 'IP addresses that may send without it (optional)',
          fr: 'Adresses IP qui peuvent envoyer sans lui (facultatif)',
        },
        shown: true,
        isAddresses: true,
      },
    },
  };
  return {
    id,
    titles,
    mark,
    authorisation,
    deliversOnly: true,
    hosts: {},
    budgets: [{ calls: 10, perMs: 1_000 }],
    objects: [{ ...object, ownIds: true }],
    webhooks: {
      schemes: [...schemes, { kind: 'from-address' }],
      contentTypes: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
      takesFiles: true,
      enteredSecret: SECRET,
      enteredAddresses: ADDRESSES,
      read: readDelivery,
    },
    offers: { forms: offerOf(object.id) },
    client: (http) => ({
      received: (most) => http.received(most),
      download: (address) => http.download(address),
      account: http.account,
    }),
    identify: async (): Promise<KeyAccount> => ({ id: '', name: titles.en, isUnsaid: true, namedBy: NAME }),
    classify: () => null,
  };
}

/** The same content is the same answer, however it was written and parted; files count by what is in them. */
function readDelivery(
  body: DeliveryBody,
  _headers: DeliveryHeaders,
  files: readonly DeliveredFile[] = [],
): InboundEvent[] | null {
  if (valuesOf(body).length === 0) return null;
  const hash = createHash('sha256').update(JSON.stringify(sorted(body)));
  const contents = files.map(({ field, digest }) => `${field} ${digest}`).sort();
  if (contents.length > 0) hash.update(JSON.stringify(contents));
  const digest = hash.digest('hex').slice(0, 32);
  return [{ key: digest, topic: ANSWER, recordId: digest, body: JSON.stringify(body), files }];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

const HIDDEN = /^(utm_\w+|gclid|fbclid|msclkid|referr?er(_?name)?|page(_?url)?|landing_?page)$/i;

/** What Zoho Forms calls its questions for files at first; others go by such names as well. */
const FILE = /^(file|image|audio|video|audiovideo|document)_?upload\d*$|^signature\d*$/i;

const fieldOf = (key: string): FormField => ({
  ...{ key, title: key, kind: FILE.test(key) ? 'file' : 'other' },
  origin: HIDDEN.test(key) ? 'hidden' : 'question',
});

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function leaf(value: unknown): FieldValue | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (isPlain(value)) return value;
  if (!Array.isArray(value)) return null;
  const all = value
    .filter(isPlain)
    .map(String)
    .filter((one) => one.trim() !== '');
  return all.length === 0 || all.length < value.length ? null : all;
}

/** Every value under the path to it: `contact.email`. Rows of a table in a form by their numbers. */
function valuesOf(body: Readonly<Record<string, unknown>>, above = '', depth = 1): FormValue[] {
  const values: FormValue[] = [];
  for (const [name, value] of Object.entries(body)) {
    const key = `${above}${name}`;
    if (key.length > LONGEST_KEY || values.length > MOST_FIELDS) continue;
    const plain = leaf(value);
    if (plain !== null) values.push({ ...fieldOf(key), value: plain });
    else if (typeof value === 'object' && value !== null && depth < DEEPEST)
      values.push(...valuesOf(value as Record<string, unknown>, `${key}.`, depth + 1));
  }
  return values.slice(0, MOST_FIELDS);
}

const readReceived = ({ body, recordId }: Pick<Received, 'body' | 'recordId'>): FormAnswer | null => {
  const values = valuesOf(body);
  if (values.length === 0) return null;
  return { id: recordId ?? '', form: null, at: null, values, fields: null };
};

/** Every field that came with the last answers, in the order in which the newest has them. */
function fieldsSeen(received: readonly Pick<Received, 'body' | 'recordId'>[]): FormField[] {
  const fields = new Map<string, FormField>();
  for (const one of received)
    for (const { value: _value, ...field } of readReceived(one)?.values ?? [])
      if (!fields.has(field.key)) fields.set(field.key, field);
  return [...fields.values()];
}

const offerOf = (object: string): FormsOffer<ReceivedFormsClient> => ({
  object,
  topics: [ANSWER],
  recognisedBy: 'event',
  // There is nothing to look at: what the tool does not deliver it keeps to itself.
  changed: async (_client, { cursor }) => ({ events: [], cursor }),
  fields: async (client) => fieldsSeen(await client.received(MOST_LATEST)),
  latest: (client) => client.received(MOST_LATEST),
  read: readReceived,
  file: (client, address) => client.download(address),
  named: ({ account }) => account.name,
});
