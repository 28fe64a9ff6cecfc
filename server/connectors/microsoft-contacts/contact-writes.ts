import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import type { ContactResult, ContactUpdate, MicrosoftContactsClient } from './client.ts';
import { type Contact, etagOf } from './contact.ts';
import { fieldsNamed, type Held, propertiesOf } from './contact-fields.ts';
import { changeOf, readVersion, recordOf } from './contact-values.ts';
import { VENDOR } from './failures.ts';

export async function createContacts(
  client: MicrosoftContactsClient,
  drafts: readonly Draft[],
): Promise<WriteOutcome[]> {
  const changes = drafts.map(({ values }) => withoutBlanks(changeOf({}, values)));
  const results = await client.createContacts(changes);
  return results.map((result, index) => outcomeOf(result, drafts[index]?.values ?? {}));
}

/** Changes contacts in one call, after one more that reads those that hold more than the mapping shows. */
export async function updateContacts(
  client: MicrosoftContactsClient,
  patches: readonly Patch[],
): Promise<WriteOutcome[]> {
  const fuller = patches.filter((patch) => !saysAll(patch)).map(({ id }) => id);
  const read = fuller.length === 0 ? [] : await client.getContacts(fuller);
  const held = new Map<string, Contact>(read.map((contact) => [contact.id, contact]));
  const plans = patches.map((patch) => {
    if (!fuller.includes(patch.id)) return updateOf(patch, {}, patch.version);
    const contact = held.get(patch.id);
    if (contact === undefined) return refusal('gone');
    const isAsItWas = patch.version === null || readVersion(patch.version).etag === etagOf(contact);
    return isAsItWas ? updateOf(patch, contact, etagOf(contact)) : refusal('conflict');
  });
  const updates = plans.flatMap((plan) => ('ok' in plan ? [] : [plan]));
  const results = updates.length === 0 ? [] : await client.updateContacts(updates);
  const byId = new Map(updates.map(({ id }, index) => [id, results[index]]));
  return patches.map(({ id, whole }, index): WriteOutcome => {
    const plan = plans[index];
    if (plan !== undefined && 'ok' in plan) return plan;
    const result = byId.get(id);
    return result === undefined ? refusal('conflict') : outcomeOf(result, whole);
  });
}

/** Whether the mapped values are all that the properties to be written hold. */
function saysAll({ version, values, whole }: Patch): boolean {
  if (version === null) return false;
  const { fuller } = readVersion(version);
  const mapped = fieldsNamed(Object.keys(whole));
  return propertiesOf(fieldsNamed(Object.keys(values))).every(
    (property) =>
      !fuller.includes(property) && mapped.some(({ properties }) => properties.includes(property)),
  );
}

/** Of a contact of which the values say all, the other fields of a property come from them. */
function updateOf({ id, values, whole }: Patch, contact: Held, version: string | null): ContactUpdate {
  const isKnown = Object.keys(contact).length > 0;
  const change = isKnown ? changeOf(contact, values) : changeOf(changeOf({}, whole) as Held, values);
  const etag = version === null ? undefined : readVersion(version).etag;
  return { id, etag, change };
}

function refusal(kind: 'gone' | 'conflict'): WriteOutcome & { readonly ok: false } {
  return { ok: false, error: new LiaisonError(kind, { sentence: failureSentence(kind, VENDOR) }) };
}

function outcomeOf(result: ContactResult, written: FieldValues): WriteOutcome {
  if (!result.ok) return result;
  const { id, version, values } = recordOf(result.contact, Object.keys(written));
  return { ok: true, id, version, values };
}

/** What a new contact does not have is not said of it. */
const withoutBlanks = (change: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
