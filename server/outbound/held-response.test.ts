import { HeldResponse } from './held-response.ts';

const url = new URL('https://api.acme.example/a');
const answer = (text: string, status = 200) =>
  new HeldResponse(url, {
    status,
    headers: new Headers({ 'content-type': 'application/json' }),
    bytes: Buffer.from(text),
  });
const ways: [string, (response: Response) => Promise<unknown>][] = [
  ['text', (response) => response.text()],
  ['json', async (response) => JSON.stringify(await response.json())],
  ['bytes', async (response) => Buffer.from(await response.bytes()).toString()],
  ['arrayBuffer', async (response) => Buffer.from(await response.arrayBuffer()).toString()],
  ['blob', async (response) => (await response.blob()).text()],
  ['body', async (response) => new Response(response.body).text()],
  ['clone', (response) => response.clone().text()],
];

describe('an answer that was read whole', () => {
  it.each(ways)('says the same by %s, and once', async (way, read) => {
    const response = answer('{"name":"Zoé 🎉"}');
    expect(response).toBeInstanceOf(Response);
    expect([response.url, response.ok, response.headers.get('content-type')]).toEqual([
      url.href,
      true,
      'application/json',
    ]);
    expect(await read(response)).toBe('{"name":"Zoé 🎉"}');
    expect(response.bodyUsed).toBe(way !== 'clone');
    if (way !== 'clone') await expect(response.text()).rejects.toMatchObject({ name: 'TypeError' });
  });

  it('takes a mark at the beginning for no part of the text, as the platform does', async () => {
    expect(await answer('\uFEFF{}').json()).toEqual({});
  });

  it('has no body where its status has none', async () => {
    const response = answer('', 204);
    expect([response.body, await response.text()]).toEqual([null, '']);
  });
});
