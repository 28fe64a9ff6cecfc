import { badRequest } from './refusal.ts';

/** Parameters that every Google API takes. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM = new Set(
  '$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_protocol'.split(
    ' ',
  ),
);

const RENDER = ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'];
const DATES = ['SERIAL_NUMBER', 'FORMATTED_STRING'];
const BOOLEAN = ['true', 'false'];

/** Values that a parameter may have; null: any text. */
export const PARAMETERS: Readonly<Record<string, readonly string[] | null>> = {
  ranges: null,
  includeGridData: BOOLEAN,
  excludeTablesInBandedRanges: BOOLEAN,
  majorDimension: ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED'],
  valueRenderOption: RENDER,
  dateTimeRenderOption: DATES,
  valueInputOption: ['RAW', 'USER_ENTERED', 'INPUT_VALUE_OPTION_UNSPECIFIED'],
  insertDataOption: ['OVERWRITE', 'INSERT_ROWS'],
  includeValuesInResponse: BOOLEAN,
  responseValueRenderOption: RENDER,
  responseDateTimeRenderOption: DATES,
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
    if (!taken.includes(name)) violations.push(unknown(name));
    else if (PARAMETERS[name] && !PARAMETERS[name].includes(value))
      violations.push(`Invalid value at '${snake(name)}', "${value}"`);
  }
  if (violations.length > 0) throw badRequest(violations);
  return { one: (name) => search.get(name) ?? undefined, all: (name) => search.getAll(name) };
}

function unknown(name: string): string {
  return `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
