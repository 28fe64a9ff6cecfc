import type { ConnectorHttp } from '../../core/connector.ts';
import { googleSheetsClient } from './client.ts';
import { classify } from './failures.ts';

interface Scripted {
  readonly status?: number;
  readonly body: unknown;
}

/** Answers every request from a script, classifying as the way out does. */
function scripted(answer: (url: URL) => Scripted) {
  const urls: URL[] = [];
  const headers: Headers[] = [];
  const http: ConnectorHttp = {
    received: async () => [],
    download: async () => ({ refused: { en: '', fr: '' } }),
    account: { id: '1', name: 'compta@example.com' },
    apiUrl: null,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      urls.push(url);
      headers.push(new Headers(init?.headers));
      const { status = 200, body } = answer(url);
      const text = JSON.stringify(body);
      const failure = classify({ method: 'GET', url, status, headers: new Headers(), text, now: 0 });
      if (failure !== null) throw failure;
      return new Response(text, { status, headers: { 'content-type': 'application/json' } });
    },
  };
  return { client: googleSheetsClient(http), urls, headers };
}

describe('cells', () => {
  it('come as text, row by row, whatever they hold', async () => {
    const { client } = scripted(() => ({
      body: { values: [['Nom', 'Âge'], ['Été', 42, true], [], ['', null]] },
    }));
    expect(await client.values('sheet-1', 'Prospects')).toEqual([
      ['Nom', 'Âge'],
      ['Été', '42', 'true'],
      [],
      ['', ''],
    ]);
  });

  it('of an empty tab are none', async () => {
    const { client } = scripted(() => ({ body: { range: 'A1:Z1', majorDimension: 'ROWS' } }));
    expect(await client.values('sheet-1', 'Vide')).toEqual([]);
  });

  it('are asked for by a quoted tab, formatted unless told otherwise', async () => {
    const { client, urls } = scripted(() => ({ body: {} }));
    await client.values('sheet/1', "Salon d'été");
    await client.values('sheet-1', 'A1', { range: 'A1:C', as: 'unformatted' });
    expect(urls.map((url) => decodeURIComponent(url.pathname))).toEqual([
      "/v4/spreadsheets/sheet/1/values/'Salon d''été'",
      "/v4/spreadsheets/sheet-1/values/'A1'!A1:C",
    ]);
    expect(urls.map((url) => url.searchParams.get('valueRenderOption'))).toEqual([
      'FORMATTED_VALUE',
      'UNFORMATTED_VALUE',
    ]);
  });
});

it('Google’s own client goes to the real address, without credentials of the machine', async () => {
  const { client, urls, headers } = scripted(() => ({
    body: { sheets: [{ properties: { title: 'Prospects' } }, { properties: { title: 'Archive' } }] },
  }));
  expect(await client.sheetTitles('sheet-1')).toEqual(['Prospects', 'Archive']);
  expect(urls.map((url) => url.origin)).toEqual(['https://sheets.googleapis.com']);
  expect(headers[0]?.get('authorization')).toBeNull();
});

it('what the classification threw comes out of Google’s client as it was, at the first try', async () => {
  const { client, urls } = scripted(() => ({ status: 500, body: {} }));
  await expect(client.values('sheet-1', 'Prospects')).rejects.toMatchObject({ kind: 'retry-later' });
  expect(urls).toHaveLength(1);
});

it('a sheet that is not shared is refused with a sentence that says what to do', async () => {
  const error = { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' };
  const { client } = scripted(() => ({ status: 403, body: { error } }));
  await expect(client.sheetTitles('sheet-1')).rejects.toMatchObject({
    kind: 'rejected',
    details: { vendorMessage: error.message, sentence: { fr: expect.stringContaining('Partagez') } },
  });
});

it('the account that consented is named by its address', async () => {
  const { client, urls } = scripted(() => ({ body: { id: '117', email: 'compta@example.com' } }));
  expect(await client.user()).toEqual({ id: '117', name: 'compta@example.com' });
  expect(urls[0]?.origin).toBe('https://www.googleapis.com');
});
