/**
 * Reads, creates, searches and upserts with Zoho's own SDK, as any program that is not Liaison would, and
 * prints what it saw as one JSON line. In a process of its own: the SDK keeps its user in statics, writes
 * files and takes over the global logger.
 *
 * Arguments: URL of the CRM, URL of the token endpoint, refresh token, a folder to write to.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Sdk = typeof import('@zohocrm/typescript-sdk-8.0');
const sdk = createRequire(import.meta.url)('@zohocrm/typescript-sdk-8.0') as Sdk;
const [crmUrl = '', tokenUrl = '', refreshToken = '', folder = ''] = process.argv.slice(2);

async function initialize(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const token = new sdk.OAuthBuilder()
    .clientId('sandbox-sdk')
    .clientSecret('sandbox-secret-sdk')
    .refreshToken(refreshToken)
    .redirectURL('http://127.0.0.1/callback')
    .build();
  const builder = await new sdk.InitializeBuilder();
  await builder
    .environment(new sdk.Environment(crmUrl, tokenUrl, crmUrl))
    .token(token)
    .store(new sdk.FileStore(join(folder, 'tokens.txt')))
    .SDKConfig(new sdk.SDKConfigBuilder().pickListValidation(false).autoRefreshFields(false).build())
    .resourcePath(folder)
    .logger(new sdk.LogBuilder().level(sdk.Levels.ERROR).filePath(join(folder, 'sdk.log')).build())
    .initialize();
}

/** The part of a response or of a result that says what happened, free of the SDK's classes. */
type Loose = { readonly [method: string]: (...values: unknown[]) => Loose } & { toString(): string };

async function exercise(): Promise<object> {
  const contacts = new sdk.Record.RecordOperations('Contacts');
  const fields = new sdk.ParameterMap();
  await fields.add(sdk.Record.GetRecordsParam.FIELDS, 'Last_Name,Email');
  await fields.add(sdk.Record.GetRecordsParam.PER_PAGE, 3);
  const read = await contacts.getRecords(fields);

  const made = new sdk.Record.Record();
  made.addKeyValue('Last_Name', 'Sœur');
  made.addKeyValue('First_Name', 'Édith');
  made.addKeyValue('Email', 'edith.soeur@client.example');
  const create = new sdk.Record.BodyWrapper();
  create.setData([made]);
  const created = await contacts.createRecords(create);

  const byEmail = new sdk.ParameterMap();
  await byEmail.add(sdk.Record.SearchRecordsParam.EMAIL, 'edith.soeur@client.example');
  const found = await contacts.searchRecords(byEmail);
  const nobody = new sdk.ParameterMap();
  await nobody.add(sdk.Record.SearchRecordsParam.EMAIL, 'nobody@client.example');
  const none = await contacts.searchRecords(nobody);

  const again = new sdk.Record.Record();
  again.addKeyValue('Last_Name', 'Sœur-Dupont');
  again.addKeyValue('Email', 'edith.soeur@client.example');
  const upsert = new sdk.Record.BodyWrapper();
  upsert.setData([again]);
  upsert.setDuplicateCheckFields(['Email']);
  const upserted = await contacts.upsertRecords(upsert);

  const wrong = new sdk.Record.Record();
  wrong.addKeyValue('First_Name', 'Nameless');
  const refuse = new sdk.Record.BodyWrapper();
  refuse.setData([wrong]);
  const refused = await contacts.createRecords(refuse);

  return {
    read: {
      status: read.getStatusCode(),
      names: records(read).map((one) => String(one.getKeyValue?.('Last_Name'))),
    },
    created: { status: created.getStatusCode(), ...result(created) },
    found: {
      status: found.getStatusCode(),
      emails: records(found).map((one) => String(one.getKeyValue?.('Email'))),
      ids: records(found).map((one) => String(one.getId?.())),
    },
    none: none.getStatusCode(),
    upserted: { status: upserted.getStatusCode(), ...result(upserted) },
    refused: { status: refused.getStatusCode(), ...result(refused) },
  };
}

function records(response: unknown): Loose[] {
  const wrapper = (response as Loose).getObject?.();
  return (wrapper?.getData?.() ?? []) as unknown as Loose[];
}

function result(response: unknown): object {
  const [first] = records(response);
  const details = first?.getDetails?.() as unknown as Map<string, unknown> | undefined;
  const action =
    first && 'getAction' in first ? (first.getAction?.() as unknown as Loose | undefined) : undefined;
  return {
    code: String(first?.getCode?.().getValue?.()),
    id: String(details?.get('id')),
    action: action === undefined ? null : String(action.getValue?.()),
    field: String(details?.get('api_name')),
  };
}

await initialize();
process.stdout.write(`${JSON.stringify(await exercise())}\n`);
process.exit(0);
