import type { ConnectorHttp } from '../../core/connector.ts';
import { attachmentCalls } from './attachments.ts';
import { classify } from './failures.ts';

/** The CRM as it answers an attachment with one failure. */
const refusing = (status: number, code: string) =>
  attachmentCalls(
    {
      apiUrl: 'https://www.zohoapis.eu',
      async fetch() {
        throw classify({
          ...{ status, headers: new Headers(), method: 'POST', now: new Date(0) },
          url: new URL('https://www.zohoapis.eu/crm/v8/Leads/1/Attachments'),
          text: JSON.stringify({ code, details: {}, message: 'm', status: 'error' }),
        } as never);
      },
    } as unknown as ConnectorHttp,
    (async () => ({ body: null })) as never,
  ).attach('Leads', '1', { name: 'a.pdf', bytes: new Uint8Array([1]), contentType: 'application/pdf' });

it.each([
  [413, 'BODY_SIZE_REACHED', 'It is larger than what the CRM takes'],
  [413, 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', 'It is larger than what the CRM takes'],
  [400, 'VIRUS_DETECTED', 'The CRM found a virus in it'],
  [400, 'INVALID_DATA', 'The CRM does not take it: INVALID_DATA'],
  [400, 'LIMIT_EXCEEDED', 'The CRM does not take it: LIMIT_EXCEEDED'],
])('a file that is answered %s %s is refused for good, in a sentence', async (status, code, sentence) => {
  expect(await refusing(status, code)).toMatchObject({ refused: { en: expect.stringContaining(sentence) } });
});

it.each([
  [429, 'RATE_LIMIT_EXCEEDED', 'rate-limited'],
  [500, 'INTERNAL_ERROR', 'retry-later'],
  [401, 'INVALID_TOKEN', 'reconnect'],
])('what is no word on the file (%s %s) is no refusal of it', async (status, code, kind) => {
  await expect(refusing(status, code)).rejects.toMatchObject({ kind });
});
