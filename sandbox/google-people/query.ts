import { badRequest, PeopleRefusal } from './refusal.ts';

/** Parameters that every Google API takes. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM = new Set(
  '$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_protocol'.split(
    ' ',
  ),
);

const VALUES: Readonly<Record<string, readonly string[]>> = {
  requestSyncToken: ['true', 'false'],
  sortOrder: [
    'LAST_MODIFIED_ASCENDING',
    'LAST_MODIFIED_DESCENDING',
    'FIRST_NAME_ASCENDING',
    'LAST_NAME_ASCENDING',
  ],
  sources: [
    'READ_SOURCE_TYPE_UNSPECIFIED',
    'READ_SOURCE_TYPE_PROFILE',
    'READ_SOURCE_TYPE_CONTACT',
    'READ_SOURCE_TYPE_DOMAIN_CONTACT',
    'READ_SOURCE_TYPE_OTHER_CONTACT',
  ],
};

export interface Query {
  one(name: string): string | undefined;
  all(name: string): readonly string[];
}

/** The query of a request that takes these parameters. Throws what Google answers to any other. */
export function readQuery(search: URLSearchParams, taken: readonly string[]): Query {
  const violations: string[] = [];
  for (const [name, value] of search) {
    if (SYSTEM.has(name)) continue;
    if (!taken.includes(name))
      violations.push(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    else if (VALUES[name] && !VALUES[name].includes(value))
      violations.push(`Invalid value at '${snake(name)}', "${value}"`);
  }
  if (violations.length > 0) throw badRequest(violations);
  return { one: (name) => search.get(name) ?? undefined, all: (name) => search.getAll(name) };
}

/** How many a page may hold. 0 and nothing mean the default. */
export function pageSizeOf(query: Query, usual: number, most: number): number {
  const text = query.one('pageSize') ?? '0';
  const size = Number(text);
  if (!/^-?\d+$/.test(text)) throw badRequest([`Invalid value at 'page_size' (TYPE_INT32), "${text}"`]);
  if (size < 0 || size > most)
    throw new PeopleRefusal(400, `pageSize must be between 1 and ${most}, inclusive.`);
  return size === 0 ? usual : size;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
