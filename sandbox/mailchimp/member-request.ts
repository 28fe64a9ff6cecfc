import { type FieldError, invalid, MailchimpRefusal } from './problem.ts';
import { STATUSES, type Status } from './rows.ts';

/** What a request wants of one member; absent members are left as they are. */
export interface MemberWish {
  readonly email?: string;
  readonly status?: Status;
  /** Only of members that are made by it. */
  readonly statusIfNew?: Status;
  readonly mergeFields?: Readonly<Record<string, unknown>>;
  readonly emailType?: 'html' | 'text';
  readonly language?: string;
  readonly vip?: boolean;
  /** Names of tags, added to those it has. */
  readonly tags?: readonly string[];
  readonly signedUpAt?: string;
  readonly optedInAt?: string;
}

const ADDRESS = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/;
/** Names that only documentation and tests use (RFC 2606), and what people type to get rid of a form. */
const FAKE = /@(example\.(com|net|org)|test\.\w+|.+\.(test|invalid|localhost))$|^(test|asdf|noemail)@/i;

/** Reads one member of a request. Throws what Mailchimp answers to one of the wrong shape. */
export function readMember(body: Readonly<Record<string, unknown>>): MemberWish {
  const errors: FieldError[] = [];
  const text = (name: string): string | undefined => {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') {
      errors.push({ field: name, message: `Schema describes string, ${typeof value} found instead` });
      return undefined;
    }
    return value;
  };
  const status = (name: string): Status | undefined => {
    const given = text(name);
    const found = STATUSES.find((one) => one === given);
    if (given !== undefined && found === undefined)
      errors.push({
        field: name,
        message: `Data presented is not one of the accepted values: ${STATUSES.join(', ')}.`,
      });
    return found;
  };
  const mergeFields = body.merge_fields;
  if (mergeFields !== undefined && (typeof mergeFields !== 'object' || Array.isArray(mergeFields)))
    errors.push({ field: 'merge_fields', message: 'Schema describes object, other type found instead' });
  const tags = body.tags;
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')))
    errors.push({ field: 'tags', message: 'Schema describes a list of strings' });
  const emailType = text('email_type');
  const wish = {
    email: text('email_address')?.trim(),
    status: status('status'),
    statusIfNew: status('status_if_new'),
    mergeFields: (mergeFields ?? undefined) as MemberWish['mergeFields'],
    emailType: emailType === undefined ? undefined : emailType === 'text' ? 'text' : 'html',
    language: text('language'),
    vip: typeof body.vip === 'boolean' ? body.vip : undefined,
    tags: tags as MemberWish['tags'],
    signedUpAt: text('timestamp_signup'),
    optedInAt: text('timestamp_opt'),
  };
  if (errors.length > 0) throw invalid(...errors);
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

/** Throws for an address that no mail could reach. */
export function checkAddress(email: string): void {
  const refused = (detail: string): MailchimpRefusal => new MailchimpRefusal(400, 'Invalid Resource', detail);
  if (email === '') throw invalid({ field: 'email_address', message: 'This value should not be blank.' });
  if (!ADDRESS.test(email)) throw refused('Please provide a valid email address.');
  if (FAKE.test(email)) throw refused(`${email} looks fake or invalid, please enter a real email address.`);
}
