import { perMinute, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { masked } from '../google/field-mask.ts';
import { readQuery } from '../google/query.ts';
import { errorInfo, GoogleRefusal } from '../google/refusal.ts';
import { believe, noPage, readBody } from '../google/requests.ts';
import { asAccount } from '../google-accounts/account.ts';
import type { Api } from '../kit/api.ts';
import { batchUpdate } from './batch-update.ts';
import type { Operation } from './operation.ts';
import { readingOperations } from './read-values.ts';
import { spreadsheetOperations } from './spreadsheets.ts';
import { writingOperations } from './write-values.ts';

const WRITE = 'https://www.googleapis.com/auth/spreadsheets';
const READ = `${WRITE}.readonly`;
/** https://developers.google.com/workspace/sheets/api/limits: a minute, of one user. */
const PER_MINUTE = 60;

const RENDER = ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'];
const DATES = ['SERIAL_NUMBER', 'FORMATTED_STRING'];
const BOOLEAN = ['true', 'false'];

/** Values that a parameter may have. */
const VALUES = {
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

/** Version 4: token, scope, limit, query, body, work, field mask. */
export function sheetsApi(desk: VendorDesk): Api<Operation> {
  const limits = {
    Read: rateLimit(desk, perMinute(PER_MINUTE)),
    Write: rateLimit(desk, perMinute(PER_MINUTE)),
  };
  return {
    // Appending stands first: its path ends in what the others take for a range.
    operations: [...writingOperations, ...readingOperations, ...spreadsheetOperations, batchUpdate],
    answer(operation, incoming) {
      const { token, user } = believe(incoming, operation.writes ? [WRITE] : [WRITE, READ]);
      const kind = operation.writes ? 'Write' : 'Read';
      if (limits[kind].take(user) > 0) throw overLimit(kind);
      const query = readQuery(incoming.query, operation.query, VALUES);
      const body = readBody(incoming.request, operation.body);
      const { id: spreadsheetId = '', range = '' } = incoming.path;
      const made = asAccount(desk, token.account, (own) =>
        operation.run({ desk: own, spreadsheetId, range, query, body }),
      );
      return { body: masked(made, query.one('fields')) };
    },
    unknown: noPage,
    undecodable: (text) => new GoogleRefusal(400, `Unable to parse range: ${text}`),
  };
}

function overLimit(what: 'Read' | 'Write'): GoogleRefusal {
  const quota = `${what} requests per minute per user`;
  return new GoogleRefusal(429, `Quota exceeded for quota metric '${what} requests' and limit '${quota}'.`, {
    details: [errorInfo('RATE_LIMIT_EXCEEDED', 'googleapis.com')],
  });
}
