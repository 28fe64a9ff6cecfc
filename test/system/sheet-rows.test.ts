import { LEADS_SPREADSHEET_ID as BOOK } from '../../sandbox/google-sheets/seed.ts';
import type { FoundRecords, Why } from '../../server/api/contract.ts';
import type { Label } from '../../server/core/label.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { allSettled, json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

/** The whole of it, with the sheet edited through Google's own API and the leads read from the CRM. */

const FLOW = 'sheet-row-to-lead';
/** Rows that the sandbox's sheet has at first, the header among them. */
const SEEDED = 6;

let place: ServedPlace;
let looks: EagerLooks;
let liaison: Liaison;
let google: OutsideUser;
let zoho: OutsideUser;

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5', LIAISON_LOOK_SECONDS: '2' });
  liaison = await startLiaison(place);
  looks = lookEagerly(place.connectionString, FLOW);
  const scope = 'https://www.googleapis.com/auth/spreadsheets';
  google = await outsideUser(liaison.sandboxUrl, 'google', 'google-sheets', 'google-sheets', scope);
  const scopes = 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL';
  zoho = await outsideUser(liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm', scopes);
  await until(async () => (await runs('done')).length >= SEEDED - 1);
}, 90_000);
afterAll(async () => {
  await looks?.stop();
  await endAll(place, [liaison]);
});

interface Run {
  readonly state: string;
  readonly record: { readonly id: string; readonly label: Label | null };
  readonly summary: { readonly fr: string } | null;
  readonly error: {
    readonly kind: string;
    readonly field: string | null;
    readonly sentence: { readonly fr: string };
  } | null;
}

const runs = async (state: string): Promise<Run[]> =>
  (await json<{ runs: Run[] }>(`${liaison.url}/api/v1/runs?flow=${FLOW}&state=${state}&limit=100`)).runs;

const leads = async (): Promise<Record<string, unknown>[]> => {
  const { tables } = await json<{ tables: Record<string, Record<string, unknown>[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/zoho-crm`,
  );
  return tables.Leads ?? [];
};

const leadOf = async (email: string) => (await leads()).filter(({ Email }) => Email === email);

const put = (range: string, rows: unknown[][], as = 'USER_ENTERED') =>
  google.call('PUT', `/v4/spreadsheets/${BOOK}/values/${encodeURIComponent(range)}?valueInputOption=${as}`, {
    values: rows,
  });
const change = (...requests: object[]) =>
  google.call('POST', `/v4/spreadsheets/${BOOK}:batchUpdate`, { requests });

const flow = async () =>
  (
    await json<{ integrations: { id: string; settings: { values: Record<string, unknown> } }[] }>(
      `${liaison.url}/api/v1/integrations`,
    )
  ).integrations.find(({ id }) => id === FLOW);
const patch = (change: object) =>
  fetch(`${liaison.url}/api/v1/integrations/${FLOW}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify(change),
  });

const alerts = async (): Promise<string[]> =>
  (await json<{ alerts: { sentence: { fr: string } }[] }>(`${liaison.url}/api/v1/alerts`)).alerts.map(
    ({ sentence }) => sentence.fr,
  );

/** Two looks: what was there at the first is done. */
const looked = async (): Promise<void> => {
  await looks.twice();
  await allSettled(liaison.url);
};

it('a row that is inserted, one that is typed over and two with one address stay who they are', async () => {
  await put('Leads!A7:E8', [
    ['Paul', 'Roux', 'paul.roux@exemple.example', '', 'ACME'],
    ['John', 'Doe', 'john.et.jane@exemple.example', '', 'ACME'],
  ]);
  await until(async () => (await leadOf('john.et.jane@exemple.example')).length === 1);
  await change({ insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } } });
  await put('Leads!A2:E2', [['Ève', 'Dol', 'eve.dol@exemple.example', '', 'ACME']]);
  await put('Leads!A8:E8', [['Paula', 'Roux', 'paula.roux@exemple.example', '', 'ACME']]);
  await put('Leads!A10:E10', [['Jane', 'Doe', 'john.et.jane@exemple.example', '', 'ACME']]);
  const [shelved] = await until(async () => {
    const found = await runs('shelved');
    return found.length > 0 && found;
  });
  await allSettled(liaison.url);
  expect(shelved?.error).toMatchObject({ kind: 'rejected', field: 'Email' });
  expect(shelved?.error?.sentence.fr).toContain('La ligne 10 (Jane Doe)');
  expect(await leadOf('john.et.jane@exemple.example')).toMatchObject([{ First_Name: 'John' }]);
  expect(await leadOf('paul.roux@exemple.example')).toMatchObject([{ First_Name: 'Paul' }]);
  expect(await leadOf('paula.roux@exemple.example')).toMatchObject([{ First_Name: 'Paula' }]);
  expect(await leadOf('eve.dol@exemple.example')).toHaveLength(1);
  // Her address is put right in the sheet: the shelf is empty by itself.
  await put('Leads!C10', [['jane.doe@exemple.example']]);
  await until(async () => (await runs('shelved')).length === 0);
  expect(await leadOf('jane.doe@exemple.example')).toMatchObject([{ First_Name: 'Jane' }]);
}, 90_000);

it('a row is called by its line in the language of whoever reads, and found in both', async () => {
  const label = { en: 'Jane Doe · row 10', fr: 'Jane Doe · ligne 10' };
  for (const words of ['doe row 10', 'doe ligne 10']) {
    const sought = encodeURIComponent(words);
    const { records } = await json<FoundRecords>(`${liaison.url}/api/v1/records?search=${sought}`);
    expect(records).toMatchObject([{ object: 'googleSheets.rows', label }]);
    const why = await json<Why>(`${liaison.url}/api/v1/why?record=${sought}`);
    expect(why.about).toMatchObject([{ label }]);
    expect(why.lines).toContainEqual(expect.objectContaining({ outcome: 'done', record: label }));
    const logged = encodeURIComponent(words.replace('doe ', 'doe · '));
    const found = await json<{ runs: Run[] }>(`${liaison.url}/api/v1/runs?record=${logged}`);
    expect(found.runs.map(({ record }) => record.label)).toContainEqual(label);
  }
  const tried = await fetch(`${liaison.url}/api/v1/integrations/${FLOW}/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ record: '10' }),
  });
  expect(await tried.json()).toMatchObject({ record: { title: label } });
});

it('a failed formula waits and is told of once; the good values then make one lead', async () => {
  await put('Leads!A11:D11', [['Loading...', '#N/A', '#REF!', '#ERROR!']]);
  const [waiting] = await until(async () => {
    const found = await runs('shelved');
    return found.length > 0 && found;
  });
  expect(waiting?.error?.sentence.fr).toContain('«\u00a0E-mail\u00a0» (C11) affiche #REF!');
  await looked();
  expect(await runs('shelved')).toHaveLength(1);
  expect((await leads()).filter(({ Last_Name }) => String(Last_Name).startsWith('#'))).toEqual([]);
  await put('Leads!A11:D11', [['Ada', 'Morel', 'ada.morel@exemple.example', '']]);
  await until(async () => (await runs('shelved')).length === 0);
  expect(await leadOf('ada.morel@exemple.example')).toHaveLength(1);
}, 90_000);

it('values go to fields of every kind, or to the shelf with their column and cell', async () => {
  const field = (label: string, type: string, choices?: string[]) => ({
    field_label: label,
    data_type: type,
    ...(choices
      ? { pick_list_values: choices.map((one) => ({ actual_value: one, display_value: one })) }
      : {}),
  });
  await zoho.call('POST', '/crm/v8/settings/fields?module=Leads', {
    fields: [
      field('Birth', 'date'),
      field('Topics', 'multiselectpicklist', ['Vin', 'Fromage']),
      field('Heat', 'picklist', ['Chaud', 'Froid']),
    ],
  });
  await put('Leads!H1:L1', [['Consent', 'CA', 'Né le', 'Thèmes', 'Note']]);
  const settings = (await flow())?.settings.values ?? {};
  const more = [
    ['Consent', 'Email_Opt_Out'],
    ['CA', 'Annual_Revenue'],
    ['Né le', 'Birth'],
    ['Thèmes', 'Topics'],
    ['Note', 'Heat'],
  ].map(([header, name]) => ({ header, field: name }));
  const answer = await patch({
    settings: { ...settings, columns: [...(settings.columns as object[]), ...more] },
  });
  expect(answer.status).toBe(200);
  await looked();
  const row = (name: string, cells: unknown[]) => [
    '',
    name,
    `${name}@exemple.example`,
    '',
    '',
    '',
    '',
    ...cells,
  ];
  await put('Leads!A12:L12', [
    row('typed', ['VRAI', '1 234 567,89 €', '03/04/1985', 'Vin; Fromage', 'chaud']),
  ]);
  await put(
    'Leads!A13:L13',
    [row('given', ['oui', '1 234 567,891€', '1985-04-03', 'fromage', 'FROID'])],
    'RAW',
  );
  await put('Leads!A14:L14', [row('wrong', ['oui', '12.5K', '', '', ''])], 'RAW');
  await put('Leads!D15', [['3,36E+10']]);
  await put('Leads!B15:C15', [['phoned', 'phoned@exemple.example']]);
  await until(async () => (await runs('shelved')).length === 2);
  await allSettled(liaison.url);
  expect(await leadOf('typed@exemple.example')).toMatchObject([
    {
      Email_Opt_Out: true,
      Annual_Revenue: 1_234_567.89,
      Birth: '1985-04-03',
      Topics: ['Vin', 'Fromage'],
      Heat: 'Chaud',
    },
  ]);
  expect(await leadOf('given@exemple.example')).toMatchObject([
    {
      Email_Opt_Out: true,
      Annual_Revenue: 1_234_567.89,
      Birth: '1985-04-03',
      Topics: ['Fromage'],
      Heat: 'Froid',
    },
  ]);
  const told = (await runs('shelved')).map(({ error }) => error?.sentence.fr ?? '');
  expect(told.join('\n')).toContain('«\u00a0CA\u00a0» (I14) contient «\u00a012.5K\u00a0»');
  expect(told.join('\n')).toContain('«\u00a0Téléphone\u00a0» (D15) contient «\u00a03,36E+10\u00a0»');
  await put('Leads!I14', [[12_500]], 'RAW');
  await put('Leads!D15', [["'0612345678"]]);
  await until(async () => (await runs('shelved')).length === 0);
  expect(await leadOf('phoned@exemple.example')).toMatchObject([{ Phone: '0612345678' }]);
}, 120_000);

it('another tab that is dragged first, a new name and a lost header are told, and nothing is made of them', async () => {
  const before = (await leads()).length;
  await change({ addSheet: { properties: { title: 'Notes', sheetId: 77, index: 0 } } });
  await put('Notes!A1:C2', [
    ['Nom', 'E-mail', ''],
    ['à faire', '', ''],
  ]);
  await until(async () =>
    (await runs('skipped')).some(({ summary }) => summary?.fr.includes('«\u00a0Notes\u00a0»')),
  );
  await change({
    updateSheetProperties: {
      properties: { sheetId: 0, title: 'Leads 2026', index: 0 },
      fields: 'title,index',
    },
  });
  await until(async () =>
    (await runs('skipped')).some(({ summary }) => summary?.fr.includes('«\u00a0Leads 2026\u00a0»')),
  );
  await looked();
  expect(await leads()).toHaveLength(before);

  await put("'Leads 2026'!B1", [['Nom du contact']]);
  await until(async () =>
    (await alerts()).some(
      (one) => one.includes('pas de colonne «\u00a0Nom\u00a0»') && one.includes('Nom du contact'),
    ),
  );
  await put("'Leads 2026'!B1", [['Nom']]);
  await until(async () => !(await alerts()).some((one) => one.includes('pas de colonne')));
  expect(await leads()).toHaveLength(before);
}, 120_000);

it('settings are refused in the language of who asks, with what there is', async () => {
  const settings = (await flow())?.settings.values ?? {};
  const wrong = async (changed: object) => {
    const answer = await patch({ settings: { ...settings, ...changed } });
    expect(answer.status).toBe(422);
    return ((await answer.json()) as { fields: { field: string; detail: string }[] }).fields;
  };
  expect(await wrong({ sheet: 'Feuille 9' })).toEqual([
    {
      field: 'settings.sheet',
      detail: expect.stringContaining(
        'Le tableur n’a pas d’onglet «\u00a0Feuille 9\u00a0». Choisissez l’un de ceux-ci\u00a0: «\u00a0Leads 2026\u00a0»',
      ),
    },
  ]);
  expect(await wrong({ columns: [{ header: 'E-mail', field: 'Email' }] })).toEqual([
    {
      field: 'settings.columns',
      detail: 'Choisissez la colonne qui remplit le nom du prospect, obligatoire pour tout prospect.',
    },
  ]);
  expect(
    await wrong({
      columns: [
        { header: 'Nom', field: 'Last_Name' },
        { header: 'X', field: 'Lead_Sauce' },
      ],
    }),
  ).toEqual([{ field: 'settings.columns', detail: expect.stringContaining('«\u00a0Lead_Sauce\u00a0»') }]);
  expect(await wrong({ spreadsheetId: 'mon tableur' })).toMatchObject([{ field: 'settings.spreadsheetId' }]);
  const pasted = await patch({
    settings: { ...settings, spreadsheetId: `https://docs.google.com/spreadsheets/d/${BOOK}/edit#gid=0` },
  });
  expect(pasted.status).toBe(200);
  expect((await flow())?.settings.values.spreadsheetId).toBe(BOOK);

  const offers = async (setting: string) =>
    (
      await json<{ offers: { value: string; title: string }[] }>(
        `${liaison.url}/api/v1/integrations/${FLOW}/settings/${setting}/offers`,
      )
    ).offers;
  expect((await offers('sheet')).map(({ value }) => value)).toContain('Leads 2026');
  expect(await offers('columns.header')).toContainEqual({ value: 'E-mail', title: 'E-mail (C)' });
  expect(await offers('columns.field')).toContainEqual({
    value: 'Annual_Revenue',
    title: 'Annual Revenue (nombre)',
    titles: { en: 'Annual Revenue (number)', fr: 'Annual Revenue (nombre)' },
  });
  const preview = await json<{ preview: { text: string; basis: { fr: string } } }>(
    `${liaison.url}/api/v1/integrations/${FLOW}/settings/preview`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings: {} }),
    },
  );
  expect(preview.preview.basis.fr).toMatch(
    /^\d+ lignes sont actuellement dans l’onglet «\u00a0Leads 2026\u00a0»/,
  );
  expect(preview.preview.text).toContain('2. Ève Dol, eve.dol@exemple.example');
});
