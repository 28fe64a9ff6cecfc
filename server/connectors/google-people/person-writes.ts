import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import type { PersonResult } from './batches.ts';
import type { GooglePeopleClient, PersonUpdate } from './client.ts';
import { VENDOR } from './failures.ts';
import { etagOf, type Person, type PersonList } from './person.ts';
import { fieldsNamed, listsOf } from './person-fields.ts';
import { changeOf, MARKER_KEY, readVersion, recordOf } from './person-values.ts';

/** Fields that are read of each contact: what the mapping names, what it is called, our mark, its etag. */
export function maskOf(fieldIds: Iterable<string>): string {
  const lists = new Set<string>(listsOf(fieldsNamed(fieldIds)));
  return [...lists.add('names').add('emailAddresses').add('clientData').add('metadata')].sort().join(',');
}

export async function createPersons(
  client: GooglePeopleClient,
  drafts: readonly Draft[],
): Promise<WriteOutcome[]> {
  const fieldIds = namesOf(drafts.map(({ values }) => values));
  const lists = listsOf(fieldsNamed(fieldIds));
  const changes = drafts.map(({ marker, values }) => ({
    ...changeOf(null, values, lists),
    clientData: [{ key: MARKER_KEY, value: marker }],
  }));
  const results = await client.createPeople(changes, maskOf(fieldIds));
  return results.map((result) => outcomeOf(result, fieldIds));
}

/** Changes contacts in one call, after one more that reads those that hold more than the mapping shows. */
export async function updatePersons(
  client: GooglePeopleClient,
  patches: readonly Patch[],
): Promise<WriteOutcome[]> {
  const fieldIds = namesOf(patches.map(({ whole }) => whole));
  // One mask for the whole batch: each contact's other lists of it are sent as they are.
  const lists = listsOf(fieldsNamed(namesOf(patches.map(({ values }) => values))));
  const held = await readFuller(client, patches, lists);
  const updates = new Map<string, PersonUpdate>();
  for (const patch of patches) {
    const update = updateOf(patch, held.get(patch.id), lists);
    if (update !== null) updates.set(patch.id, update);
  }
  if (updates.size === 0) return patches.map(({ id }) => refusal(held.get(id)));
  const masks = { updateMask: lists.join(','), readMask: maskOf(fieldIds) };
  const results = await client.updatePeople(updates, masks);
  const byId = new Map([...updates.keys()].map((id, index) => [id, results[index]]));
  return patches.map(({ id }) => {
    const result = byId.get(id);
    return result ? outcomeOf(result, fieldIds) : refusal(held.get(id));
  });
}

/** By id: the contact as it is; null when it is gone; absent when the patch says all that it holds. */
type Held = ReadonlyMap<string, Person | null>;

async function readFuller(
  client: GooglePeopleClient,
  patches: readonly Patch[],
  lists: readonly PersonList[],
): Promise<Held> {
  const fuller = patches.filter(({ version, whole }) => !saysAll(version, whole, lists)).map(({ id }) => id);
  const people = await client.getPeople(fuller, [...lists, 'metadata'].join(','));
  const byId = new Map(people.map((person) => [person.resourceName, person]));
  return new Map(fuller.map((id) => [id, byId.get(id) ?? null]));
}

function saysAll(version: string | null, whole: FieldValues, lists: readonly PersonList[]): boolean {
  if (version === null) return false;
  const { fuller } = readVersion(version);
  const mapped: readonly string[] = listsOf(fieldsNamed(Object.keys(whole)));
  return lists.every((list) => !fuller.includes(list) && mapped.includes(list));
}

/** Null when the contact is gone, or is not what the patch was computed from any more. */
function updateOf(
  { version, values, whole }: Patch,
  held: Person | null | undefined,
  lists: readonly PersonList[],
): PersonUpdate | null {
  const etag = version === null ? undefined : readVersion(version).etag;
  if (held === undefined) return etag === undefined ? null : { etag, change: changeOf(null, whole, lists) };
  const current = held === null ? null : etagOf(held);
  if (held === null || current === null || (etag !== undefined && current !== etag)) return null;
  return { etag: current, change: changeOf(held, values, lists) };
}

function refusal(held: Person | null | undefined): WriteOutcome {
  const kind = held === null ? 'gone' : 'conflict';
  return { ok: false, error: new LiaisonError(kind, { sentence: failureSentence(kind, VENDOR) }) };
}

function outcomeOf(result: PersonResult, fieldIds: ReadonlySet<string>): WriteOutcome {
  if (!result.ok) return result;
  const { person } = result;
  if (person === null) return { ok: false, error: unshown() };
  const { id, version, values } = recordOf(person, fieldIds);
  return { ok: true, id, version, values };
}

function unshown(): LiaisonError {
  return failure('unknown', VENDOR, {
    vendorMessage: 'The answer does not show the contact that was written.',
    mayHaveHappened: true,
  });
}

const namesOf = (values: readonly FieldValues[]): ReadonlySet<string> =>
  new Set(values.flatMap((one) => Object.keys(one)));
