import type { FieldKind, FilterField } from '../../core/filter/filter.ts';
import type { ZohoCrmClient } from './client.ts';
import { FIELD_TITLES } from './field-titles.ts';
import type { CrmField } from './fields.ts';

/** What conditions make of the CRM's types; what is not here cannot be compared. */
const KINDS: Readonly<Record<string, FieldKind>> = {
  text: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  website: 'text',
  autonumber: 'text',
  integer: 'number',
  bigint: 'number',
  double: 'number',
  percent: 'number',
  currency: 'money',
  date: 'date',
  datetime: 'moment',
  picklist: 'choice',
  multiselectpicklist: 'choices',
  boolean: 'boolean',
  ownerlookup: 'person',
  userlookup: 'person',
  lookup: 'person',
};

const kindOf = ({ apiName, type }: CrmField): FieldKind | undefined =>
  apiName === 'Tag' ? 'label' : KINDS[type];

/** Whoever may own a record is a user of the CRM, and known. */
const OF_USERS: ReadonlySet<string> = new Set(['ownerlookup', 'userlookup']);

/** The fields of a module that conditions can be built from. */
export async function filterFields(
  client: Pick<ZohoCrmClient, 'fields' | 'activeUsers'>,
  module: string,
): Promise<FilterField[]> {
  const fields = await client.fields(module);
  const hasUsers = fields.some(({ type }) => OF_USERS.has(type));
  const users = hasUsers
    ? (await client.activeUsers()).map(({ id, name }) => ({ value: id, title: name }))
    : [];
  return fields.flatMap((field): FilterField[] => {
    const kind = kindOf(field);
    if (kind === undefined) return [];
    const { apiName: name, label, options, type } = field;
    const titles = FIELD_TITLES[name] ?? { en: label, fr: label };
    const choices = OF_USERS.has(type)
      ? users
      : kind.startsWith('choice')
        ? options.map(({ value, title }) => ({ value, title }))
        : [];
    const isUser = OF_USERS.has(type) ? { user: true as const } : {};
    return [{ name, kind, titles, ...isUser, ...(choices.length > 0 ? { choices } : {}) }];
  });
}
