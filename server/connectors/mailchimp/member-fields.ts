import type { Sentence } from '../../core/sentence.ts';
import type { FieldKind, FieldValue, FieldValues, SyncField } from '../../core/sync-object.ts';
import { ENGAGEMENT_FIELDS, type Engagements, engagementValues } from './engagement.ts';
import type { Member, MergeField } from './shapes.ts';
import type { TagPlan } from './tag-plan.ts';

/** The address is no merge field to the API, though people see it as one, by this tag. */
export const EMAIL = 'EMAIL';
/** First and last name as one: `{ given, family }`. */
export const NAME = 'NAME';
const GIVEN = 'FNAME';
const FAMILY = 'LNAME';
/** True when the person unsubscribed, or the address bounces. */
export const OPTED_OUT = 'opted_out';
export const TAGS = 'tags';

/** Longest text of a merge field. https://mailchimp.com/developer/marketing/docs/merge-fields/ */
const MOST = 255;

const FIXED: readonly SyncField[] = [
  { id: EMAIL, titles: { en: 'E-mail', fr: 'E-mail' }, kind: 'email', required: true, maxLength: MOST },
  { id: OPTED_OUT, titles: { en: 'Unsubscribed', fr: 'Désabonné' }, kind: 'consent' },
  { id: TAGS, titles: { en: 'Tags', fr: 'Tags' }, kind: 'labels', maxLength: 100 },
  { id: 'status', titles: { en: 'Status', fr: 'Statut' }, kind: 'choice', readOnly: true },
  { id: 'member_rating', titles: { en: 'Rating', fr: 'Note' }, kind: 'number', readOnly: true },
  {
    id: 'avg_open_rate',
    titles: { en: 'Open rate', fr: 'Taux d’ouverture' },
    kind: 'number',
    readOnly: true,
  },
  { id: 'avg_click_rate', titles: { en: 'Click rate', fr: 'Taux de clic' }, kind: 'number', readOnly: true },
  ...ENGAGEMENT_FIELDS,
];

const NAME_FIELD: SyncField = {
  id: NAME,
  titles: { en: 'Name', fr: 'Nom complet' },
  kind: 'name',
  maxLength: MOST,
};

/** With the merge fields that Mailchimp gives every new audience. */
export const USUAL_FIELDS: readonly Pick<SyncField, 'id' | 'titles'>[] = [
  NAME_FIELD,
  { id: 'PHONE', titles: { en: 'Phone', fr: 'Téléphone' } },
  { id: 'COMPANY', titles: { en: 'Company', fr: 'Société' } },
  ...FIXED,
];

/** By tag, as Mailchimp names them in a refusal. */
export const FIELD_TITLES: Readonly<Record<string, Sentence>> = {
  ...Object.fromEntries(USUAL_FIELDS.map(({ id, titles }) => [id, titles])),
  [GIVEN]: { en: 'First name', fr: 'Prénom' },
  [FAMILY]: { en: 'Last name', fr: 'Nom' },
  ADDRESS: { en: 'Address', fr: 'Adresse' },
  BIRTHDAY: { en: 'Birthday', fr: 'Anniversaire' },
  email_address: { en: 'E-mail', fr: 'E-mail' },
};

const KINDS: Readonly<Record<string, FieldKind>> = {
  number: 'number',
  phone: 'phone',
  date: 'date',
  birthday: 'birthday',
  radio: 'choice',
  dropdown: 'choice',
  address: 'json',
};

/** The fields of an audience's members: the audience's own, and those that every member has. */
export function fieldsOf(mergeFields: readonly MergeField[]): SyncField[] {
  const own = mergeFields.map(fieldOf);
  const tags = new Set(mergeFields.map(({ tag }) => tag));
  const hasName = tags.has(GIVEN) && tags.has(FAMILY);
  return [...FIXED.slice(0, 1), ...(hasName ? [NAME_FIELD] : []), ...own, ...FIXED.slice(1)];
}

function fieldOf({ tag, name, type, required, choices, isAmerican }: MergeField): SyncField {
  const kind = tag === 'COMPANY' ? 'company' : (KINDS[type] ?? 'text');
  return {
    id: tag,
    titles: { en: name, fr: name },
    kind,
    required,
    ...(kind === 'text' || kind === 'company' || kind === 'phone' ? { maxLength: MOST } : {}),
    // https://mailchimp.com/developer/marketing/docs/merge-fields/#phone
    ...(kind === 'phone' && isAmerican ? { phones: 'north-american' as const } : {}),
    ...(kind === 'choice' && choices.length > 0 ? { choices } : {}),
  };
}

/**
 * A member's values, by field.
 *
 * @param plan of the tags that the flow may see.
 * @param read what people read of campaigns, where a field of it is asked for.
 */
export function valuesOf(member: Member, plan: TagPlan, read?: Engagements): FieldValues {
  const merge = Object.entries(member.mergeFields).map(([tag, value]) => [tag, fieldValue(value)] as const);
  const own = Object.fromEntries(merge);
  return {
    ...own,
    [EMAIL]: member.email,
    [NAME]: { given: own[GIVEN] ?? '', family: own[FAMILY] ?? '' },
    [OPTED_OUT]: member.status === 'unsubscribed' || member.status === 'cleaned',
    [TAGS]: plan.labelsFor(member.tags),
    status: member.status,
    member_rating: member.rating,
    avg_open_rate: member.openRate,
    avg_click_rate: member.clickRate,
    ...engagementValues(read, member.hash),
  };
}

/** Only the fields that were asked for. */
export function chosen(values: FieldValues, fields: readonly string[]): FieldValues {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
}

const WRITTEN_ELSEWHERE = new Set(FIXED.map(({ id }) => id));

/** The merge fields that these values write; a blank clears, as an empty text. */
export function mergeFieldsFrom(values: FieldValues): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(values)) {
    if (id === NAME) {
      const { given = '', family = '' } = (value ?? {}) as { given?: FieldValue; family?: FieldValue };
      fields[GIVEN] = given;
      fields[FAMILY] = family;
    } else if (!WRITTEN_ELSEWHERE.has(id)) fields[id] = value ?? '';
  }
  return fields;
}

export const emailOf = (values: FieldValues): string => {
  const email = values[EMAIL];
  return typeof email === 'string' ? email.trim() : '';
};

/** Texts as they are; what Mailchimp sends of other kinds (addresses, numbers) as JSON. */
function fieldValue(value: unknown): FieldValue {
  return value === undefined || value === '' ? null : (value as FieldValue);
}
