import { LiaisonError } from '../../core/errors.ts';
import { canonical } from '../../core/sync/canonical.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { companyKey, forgetAccounts, type Resolved, resolveAccounts } from './accounts.ts';
import type { ZohoCrmClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { NAME, type PersonModule } from './person-modules.ts';
import { crmValues, personRecord } from './person-values.ts';
import type { CrmRecord } from './records.ts';
import type { WriteResult } from './results.ts';
import type { owned } from './users.ts';

/** No rule of the CRM answers our own writes. */
const QUIETLY: [] = [];

/** A record that is ready to be sent, or why it is not. */
type Prepared =
  | {
      readonly values: Record<string, unknown>;
      readonly stored: FieldValues | undefined;
      /** What it was made from. */
      readonly fields: FieldValues;
    }
  | { readonly error: LiaisonError };

/** @param owner whom they are to belong to; empty: whose token it is. */
export async function createPersons(
  client: ZohoCrmClient,
  module: PersonModule,
  drafts: readonly Draft[],
  owner: ReturnType<typeof owned>,
): Promise<WriteOutcome[]> {
  const accounts = await accountsOf(client, module, drafts);
  const prepared = drafts.map((draft) => {
    const ready = prepare(module, draft.values, accounts, true);
    return 'error' in ready ? ready : { ...ready, values: { ...owner, ...ready.values } };
  });
  return send(client, prepared, (records) => client.create(module.apiName, records, QUIETLY));
}

export async function updatePersons(
  client: ZohoCrmClient,
  module: PersonModule,
  patches: readonly Patch[],
): Promise<WriteOutcome[]> {
  const accounts = await accountsOf(client, module, patches);
  const prepared = patches.map(({ id, values }) => {
    const ready = prepare(module, values, accounts, false);
    return 'error' in ready ? ready : { ...ready, values: { ...ready.values, id } };
  });
  const outcomes = await send(client, prepared, (records) =>
    client.update(module.apiName, records as CrmRecord[], QUIETLY),
  );
  return withKeptAccounts(client, module, patches, accounts, outcomes);
}

async function accountsOf(
  client: ZohoCrmClient,
  { account }: PersonModule,
  writes: readonly { readonly values: FieldValues }[],
): Promise<ReadonlyMap<string, Resolved>> {
  const names = account === null ? [] : writes.map(({ values }) => values[account] ?? null);
  const given = names.filter((name) => companyKey(name) !== null);
  return given.length === 0 ? new Map() : resolveAccounts(client, given);
}

function prepare(
  module: PersonModule,
  values: FieldValues,
  accounts: ReadonlyMap<string, Resolved>,
  isNew: boolean,
): Prepared {
  const out = crmValues(module, values);
  const { account: field } = module;
  if (field === null || !(field in values)) return { values: out, stored: undefined, fields: values };
  const key = companyKey(values[field]);
  if (key === null && canonical('company', values[field], '') !== null) return { error: noOneName() };
  const account = key === null ? null : (accounts.get(key) ?? null);
  if (account instanceof LiaisonError) return { error: account };
  if (account !== null) {
    const stored = { [field]: account.name };
    return { values: { ...out, [field]: { id: account.id } }, stored, fields: values };
  }
  // An unknown company leaves a new contact without account, and an existing one with the account it has.
  if (key !== null && !isNew) return { values: out, stored: undefined, fields: values };
  return { values: { ...out, [field]: null }, stored: { [field]: null }, fields: values };
}

async function send(
  client: ZohoCrmClient,
  prepared: readonly Prepared[],
  write: (records: Record<string, unknown>[]) => Promise<WriteResult[]>,
): Promise<WriteOutcome[]> {
  const ready = prepared.flatMap((one) => ('error' in one || hasNothing(one.values) ? [] : [one.values]));
  const results = ready.length === 0 ? [] : await write(ready);
  if (results.length !== ready.length) {
    throw failure('unknown', VENDOR, {
      vendorMessage: `${results.length} results for ${ready.length} records`,
      mayHaveHappened: true,
    });
  }
  let next = 0;
  return prepared.map((one): WriteOutcome => {
    if ('error' in one) return { ok: false, error: one.error };
    const result = hasNothing(one.values) ? undefined : results[next++];
    const stored = one.stored === undefined ? {} : { values: one.stored };
    if (result === undefined) return { ok: true, id: String(one.values.id ?? ''), version: null, ...stored };
    if (result.ok) return { ok: true, id: result.id, version: result.modifiedTime, ...stored };
    if (result.error.details.field === 'Account_Name') forgetAccounts(client);
    return { ok: false, error: ofMapped(result.error, one.fields) };
  });
}

/** A name travels as one field, and is refused by one of its two parts. */
function ofMapped(error: LiaisonError, fields: FieldValues): LiaisonError {
  const { field } = error.details;
  const isPart = field === 'First_Name' || field === 'Last_Name';
  if (!isPart || field in fields || !(NAME in fields)) return error;
  return new LiaisonError(error.kind, { ...error.details, field: NAME });
}

const noOneName = (): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'Account_Name',
    sentence: {
      en: 'The company holds several names. Leave one of them, then retry.',
      fr: 'La société porte plusieurs noms. N’en laissez qu’un, puis relancez.',
    },
  });

/** A change of nothing but an account that there is not: nothing is sent. */
const hasNothing = (values: Record<string, unknown>): boolean =>
  Object.keys(values).every((name) => name === 'id');

/** Says which account those have that were left with theirs, so that nobody takes it for an edit. */
async function withKeptAccounts(
  client: ZohoCrmClient,
  module: PersonModule,
  patches: readonly Patch[],
  accounts: ReadonlyMap<string, Resolved>,
  outcomes: readonly WriteOutcome[],
): Promise<WriteOutcome[]> {
  const { account: field, apiName } = module;
  if (field === null) return [...outcomes];
  const isKept = ({ values }: Patch): boolean => {
    const key = companyKey(values[field]);
    return key !== null && (accounts.get(key) ?? null) === null;
  };
  const kept = patches.filter((patch, index) => isKept(patch) && outcomes[index]?.ok).map(({ id }) => id);
  if (kept.length === 0) return [...outcomes];
  const rows = await client.records(apiName, kept, [field, 'Modified_Time']);
  const now = new Map(rows.map((row) => [row.id, personRecord(module, row, [field])]));
  return outcomes.map((outcome) => {
    const record = outcome.ok ? now.get(outcome.id) : undefined;
    return outcome.ok && record
      ? {
          ...outcome,
          version: record.version,
          values: { ...outcome.values, ...record.values },
          leftAlone: [field],
        }
      : outcome;
  });
}
