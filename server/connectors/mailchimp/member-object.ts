import { LiaisonError } from '../../core/errors.ts';
import { halfDone } from '../../core/half-done.ts';
import type { PeopleObject } from '../../core/sync/person.ts';
import type {
  Draft,
  FieldValues,
  ObjectOptions,
  Patch,
  ReadWish,
  SideRecord,
  WriteOutcome,
} from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { callOf, inTurn } from '../../kit/own-outcome.ts';
import type { MailchimpClient } from './client.ts';
import { mailchimp } from './connector.ts';
import { asksForEngagement, type Engagements, engagementsOnce, readEngagements } from './engagement.ts';
import { VENDOR } from './failures.ts';
import { findMembers } from './find-members.ts';
import { afterOwnWrite, memberChanges } from './member-changes.ts';
import { memberFacts, memberFilterFields } from './member-facts.ts';
import {
  chosen,
  EMAIL,
  emailOf,
  fieldsOf,
  mergeFieldsFrom,
  NAME,
  OPTED_OUT,
  TAGS,
  USUAL_FIELDS,
  valuesOf,
} from './member-fields.ts';
import { memberOptions } from './member-options.ts';
import { setTagsOf } from './member-tags.ts';
import { versionOf } from './member-version.ts';
import { BATCH, type MemberResult, type MemberWrite } from './members.ts';
import type { Member } from './shapes.ts';
import { labelsOf, type TagPlan, tagPlan } from './tag-plan.ts';
import { MEMBER_TOPICS } from './webhooks.ts';

/** What an admin chooses for the audience's side. */
interface MemberOptions {
  readonly audience: string;
  /** How people join who were not there: `transactional` (unless chosen) sends them no campaign. */
  readonly newStatus: 'subscribed' | 'pending' | 'transactional';
  /**
   * Which tags are the flow's: those of `tagRules` where there are any, else those that begin with
   * `tagPrefix` (`CRM: ` unless chosen; empty: all of them).
   */
  readonly tags: TagPlan;
}

/** One record on its way into the audience. */
interface Outgoing {
  /** The member that it must be; absent for one that is to be made. */
  readonly id?: string;
  readonly email: string;
  readonly values: FieldValues;
  readonly write: MemberWrite;
}

/**
 * People of one audience. Nobody is ever subscribed by it who left: a new person joins with the status that
 * the admin chose, and to somebody who is there no other status is written than "unsubscribed".
 */
export const mailchimpMember: PeopleObject<MailchimpClient> = {
  id: 'mailchimp.member',
  connector: mailchimp,
  titles: { en: 'Mailchimp contacts', fr: 'Contacts Mailchimp' },
  batch: { list: 1000, read: BATCH, create: BATCH, update: BATCH, remove: 1 },
  lagMs: 0,
  topics: MEMBER_TOPICS,
  options: memberOptions,
  usualFields: USUAL_FIELDS,
  person: {
    parts: {
      name: NAME,
      email: EMAIL,
      phone: 'PHONE',
      company: 'COMPANY',
      consent: OPTED_OUT,
      labels: TAGS,
    },
    // Everybody in an audience has an address, and no other person has the same.
    alsoKnownBy: [],
  },

  async fields(client, options) {
    return fieldsOf(await client.listMergeFields(read(options).audience));
  },

  async filterFields(client, options) {
    return memberFilterFields(await client.listMergeFields(read(options).audience));
  },

  changes(client, { cursor, fields, options, facts = [] }) {
    const chosenOptions = read(options);
    const { audience } = chosenOptions;
    return memberChanges(client, audience, cursor, {
      withReading: asksForEngagement([...fields, ...facts]),
      shown: (members, isPage) => recordsOf(client, members, { fields, facts }, chosenOptions, isPage),
    });
  },

  afterWrite: afterOwnWrite,

  async read(client, { ids, fields, options, facts = [] }) {
    const chosenOptions = read(options);
    const found = await findMembers(client, chosenOptions.audience, ids, ({ contactId }) => contactId);
    return recordsOf(client, [...found.values()], { fields, facts }, chosenOptions);
  },

  create: (client, drafts, options) => create(client, drafts, read(options)),
  update: (client, patches, options) => update(client, patches, read(options)),

  async remove(client, ids, options) {
    const { audience } = read(options);
    return oneByOne(ids, async (id) => {
      await client.archiveMember(audience, id);
      return { ok: true, id, version: null };
    });
  },
};

function read(options: ObjectOptions): MemberOptions {
  const { audience, newStatus, tagPrefix, tagRules } = options;
  if (typeof audience !== 'string' || audience === '')
    throw new LiaisonError('rejected', {
      sentence: {
        en: 'No Mailchimp audience is chosen. Choose one in the flow’s settings.',
        fr: 'Aucune audience Mailchimp n’est choisie. Choisissez-en une dans les réglages du flux.',
      },
    });
  return {
    audience,
    newStatus: newStatus === 'subscribed' || newStatus === 'pending' ? newStatus : 'transactional',
    tags: tagPlan(
      typeof tagPrefix === 'string' ? tagPrefix : 'CRM: ',
      typeof tagRules === 'string' ? tagRules : '',
    ),
  };
}

/** Members as records; what they read is asked for only where a field of it is mapped. */
async function recordsOf(
  client: MailchimpClient,
  members: readonly Member[],
  { fields, facts = [] }: Pick<ReadWish, 'fields' | 'facts'>,
  options: MemberOptions,
  isPage = false,
): Promise<SideRecord[]> {
  const isRead = members.length > 0 && asksForEngagement([...fields, ...facts]);
  const ask = isPage ? engagementsOnce : readEngagements;
  const engagements = isRead ? await ask(client, options.audience) : undefined;
  const records = members.map((member) => recordOf(member, fields, options, engagements));
  if (facts.length === 0) return records;
  const mergeFields = await client.listMergeFields(options.audience);
  return records.map((record, index) => {
    const member = members[index];
    return member === undefined
      ? record
      : { ...record, facts: memberFacts(member, facts, mergeFields, engagements) };
  });
}

function recordOf(
  member: Member,
  fields: readonly string[],
  { tags }: MemberOptions,
  engagements?: Engagements,
): SideRecord {
  const record = {
    id: member.contactId ?? member.hash,
    version: versionOf(member),
    values: chosen(valuesOf(member, tags, engagements), fields),
    label: member.fullName === '' ? member.email : `${member.fullName} (${member.email})`,
  };
  return member.status === 'archived' ? { ...record, excluded: ARCHIVED } : record;
}

const ARCHIVED = {
  en: 'This person is archived in Mailchimp. Restore them there to take them in again.',
  fr: 'Cette personne est archivée dans Mailchimp. Restaurez-la là-bas pour la reprendre.',
};

async function create(
  client: MailchimpClient,
  drafts: readonly Draft[],
  options: MemberOptions,
): Promise<WriteOutcome[]> {
  const outgoing = drafts.map(({ values }) => ({
    email: emailOf(values),
    values,
    write: {
      email: emailOf(values),
      statusIfNew: options.newStatus,
      unsubscribe: values[OPTED_OUT] === true,
      mergeFields: mergeFieldsFrom(values),
    },
  }));
  return upsert(client, outgoing, options);
}

/**
 * All changes in one call, except of those who get another address: these go one by one, because a batch
 * knows people by theirs.
 */
async function update(
  client: MailchimpClient,
  patches: readonly Patch[],
  options: MemberOptions,
): Promise<WriteOutcome[]> {
  const together = patches.filter(
    ({ values, whole }) => values[EMAIL] === undefined && emailOf(whole) !== '',
  );
  const outgoing = together.map(({ id, values, whole }) => ({
    id,
    email: emailOf(whole),
    values,
    write: {
      email: emailOf(whole),
      // Only of one who was deleted since: back in, but subscribed to nothing.
      statusIfNew: 'transactional' as const,
      unsubscribe: values[OPTED_OUT] === true,
      mergeFields: mergeFieldsFrom(values),
    },
  }));
  const outcomes = await inTurn([
    { of: together, write: () => upsert(client, outgoing, options) },
    ...patches
      .filter((patch) => !together.includes(patch))
      .map((patch) => callOf(patch, () => change(client, patch, options))),
  ]);
  return patches.flatMap((patch) => outcomes.get(patch) ?? []);
}

async function change(client: MailchimpClient, patch: Patch, options: MemberOptions): Promise<WriteOutcome> {
  const { audience, tags } = options;
  const { id, values } = patch;
  const member = await client.updateMember(audience, id, {
    ...(values[EMAIL] === undefined ? {} : { email: emailOf(values) }),
    ...(values[OPTED_OUT] === true ? { unsubscribe: true } : {}),
    mergeFields: mergeFieldsFrom(values),
  });
  if (values[TAGS] === undefined) return stored(member, values, tags);
  const wanted = { email: member.email, tags: tags.tagsFor(labelsOf(values[TAGS])) };
  const { failure, spelled } = await setTagsOf(client, audience, tags, [wanted]);
  if (failure !== null) return untagged(stored(member, values, tags), failure);
  return stored({ ...member, tags: spelled(wanted.tags) }, values, tags);
}

/** The tags are calls of their own: what was written before them is. */
const untagged = (outcome: WriteOutcome & { ok: true }, error: LiaisonError): WriteOutcome => ({
  ...outcome,
  unwritten: { fields: [TAGS], error },
});

async function upsert(
  client: MailchimpClient,
  outgoing: readonly Outgoing[],
  options: MemberOptions,
): Promise<WriteOutcome[]> {
  const sendable = outgoing.filter(({ email }) => email !== '');
  const results =
    sendable.length === 0
      ? []
      : await client.upsertMembers(
          options.audience,
          sendable.map(({ write }) => write),
        );
  const byRecord = new Map(sendable.map((one, index) => [one, results[index]]));
  const done = sendable.filter((one) => byRecord.get(one)?.ok === true);
  const tagged = done.filter(({ values }) => values[TAGS] !== undefined);
  const tagsOf = ({ values }: Outgoing): string[] => options.tags.tagsFor(labelsOf(values[TAGS]));
  const { failure, spelled } = await setTagsOf(
    client,
    options.audience,
    options.tags,
    tagged.map((one) => ({ email: one.email, tags: tagsOf(one) })),
  );
  const ids = await halfDone(() => contactIds(client, options.audience, results));
  const idOf = ({ contactId, hash }: Member): string => contactId ?? ids.get(hash)?.contactId ?? hash;
  const strays = done.flatMap((one) => {
    const result = byRecord.get(one);
    return result?.ok === true && isStray(one, result, idOf(result.member)) ? [{ one, result }] : [];
  });
  for (const { result } of strays) {
    // Nobody asked for them: they are taken out again.
    if (result.isNew) await halfDone(() => client.archiveMember(options.audience, result.member.hash));
  }
  const moved = new Set(strays.map(({ one }) => one));
  return outgoing.map((one): WriteOutcome => {
    const result = byRecord.get(one);
    if (result === undefined) return { ok: false, error: withoutAddress() };
    if (!result.ok) return result;
    if (moved.has(one)) return { ok: false, error: movedAway() };
    const tags = tagged.includes(one) ? spelled(tagsOf(one)) : result.member.tags;
    const member = { ...result.member, contactId: idOf(result.member), tags };
    const outcome = stored(member, one.values, options.tags);
    return failure !== null && tagged.includes(one) ? untagged(outcome, failure) : outcome;
  });
}

/**
 * True when a change met another person than it was meant for, or nobody: the member was archived, deleted
 * or given another address since it was read.
 */
function isStray({ id }: Outgoing, { isNew }: MemberResult & { ok: true }, metId: string): boolean {
  return id !== undefined && (isNew || metId !== id);
}

function movedAway(): LiaisonError {
  return failure('conflict', VENDOR);
}

/** Contact ids of members whose answer left them out. */
async function contactIds(
  client: MailchimpClient,
  audience: string,
  results: readonly MemberResult[],
): Promise<Map<string, Member>> {
  const nameless = results.flatMap((one) =>
    one.ok && one.member.contactId === null ? [one.member.hash] : [],
  );
  return nameless.length === 0 ? new Map() : findMembers(client, audience, nameless, ({ hash }) => hash);
}

/** Mailchimp's own spelling of what was written. @param member with the tags as they were set, where they were. */
function stored(member: Member, written: FieldValues, tags: TagPlan): WriteOutcome & { ok: true } {
  return {
    ok: true,
    id: member.contactId ?? member.hash,
    // Tags were set after this answer, and move the record's time.
    version: written[TAGS] === undefined ? versionOf(member) : null,
    values: chosen(valuesOf(member, tags), Object.keys(written)),
  };
}

function withoutAddress(): LiaisonError {
  return new LiaisonError('rejected', {
    field: EMAIL,
    sentence: {
      en: 'This record has no e-mail address, by which Mailchimp knows people. Give it one, then retry.',
      fr: 'Cette fiche n’a pas d’adresse e-mail, à laquelle Mailchimp reconnaît les gens. Donnez-lui-en une, puis relancez.',
    },
  });
}
