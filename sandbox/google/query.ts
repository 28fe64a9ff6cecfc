import { badRequest } from './refusal.ts';

/** Parameters that every Google API takes. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM = new Set(
  '$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_protocol'.split(
    ' ',
  ),
);

export interface Query {
  one(name: string): string | undefined;
  all(name: string): readonly string[];
}

/**
 * The query of a request that takes these parameters. Throws what Google answers to any other.
 *
 * @param values that a parameter may have; any text where nothing is said of it.
 */
export function readQuery(
  search: URLSearchParams,
  taken: readonly string[],
  values: Readonly<Record<string, readonly string[] | null>>,
): Query {
  const violations: string[] = [];
  for (const [name, value] of search) {
    if (SYSTEM.has(name)) continue;
    if (!taken.includes(name))
      violations.push(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    else if (values[name] && !values[name].includes(value))
      violations.push(`Invalid value at '${snake(name)}', "${value}"`);
  }
  if (violations.length > 0) throw badRequest(violations);
  return { one: (name) => search.get(name) ?? undefined, all: (name) => search.getAll(name) };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
