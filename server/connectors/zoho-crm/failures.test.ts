import type { VendorAnswer } from '../../core/connector.ts';
import { classify } from './failures.ts';

function answer(status: number, body: unknown, method = 'GET', path = 'Deals'): VendorAnswer {
  const url = new URL(`https://www.zohoapis.eu/crm/v8/${path}`);
  return { method, url, status, headers: new Headers(), text: JSON.stringify(body), now: 0 };
}
const problem = (code: string, details: object = {}) => ({ code, details, message: 'why', status: 'error' });

describe('an answer of Zoho CRM', () => {
  it.each([
    [401, 'INVALID_TOKEN', 'reconnect'],
    [401, 'OAUTH_SCOPE_MISMATCH', 'reconnect'],
    [403, 'NO_PERMISSION', 'rejected'],
    [429, 'TOO_MANY_REQUESTS', 'rate-limited'],
    [429, 'LIMIT_EXCEEDED', 'rate-limited'],
    [412, 'ALREADY_MODIFIED', 'conflict'],
    [400, 'MANDATORY_NOT_FOUND', 'rejected'],
    [400, 'A_CODE_OF_TOMORROW', 'rejected'],
    [500, 'INTERNAL_ERROR', 'retry-later'],
    [500, 'A_CODE_OF_TOMORROW', 'retry-later'],
  ])('%d %s is %s', (status, code, kind) => {
    expect(classify(answer(status, problem(code)))?.kind).toBe(kind);
  });

  it.each(['Contacts/1/Emails', 'Deals/1/actions/associate_email', 'files'])(
    'that a connection of before may not call %s ends nothing but the e-mail',
    (path) => {
      const refused = classify(answer(401, problem('OAUTH_SCOPE_MISMATCH'), 'POST', path));
      expect(refused?.kind).toBe('rejected');
      expect(refused?.details.sentence.en).toContain('once more');
    },
  );

  it('about an id that it does not know means that the record is gone', () => {
    for (const details of [{ api_name: 'id' }, { resource_path_index: 1 }]) {
      expect(classify(answer(400, problem('INVALID_DATA', details)))?.kind).toBe('gone');
    }
    expect(classify(answer(400, problem('INVALID_DATA', { api_name: 'Email' })))?.kind).toBe('rejected');
  });

  it('to a write is left to the one who sent it, record by record', () => {
    const mixed = {
      data: [{ code: 'SUCCESS', status: 'success', details: { id: '1' } }, problem('INVALID_DATA')],
    };
    expect(classify(answer(207, mixed, 'POST'))).toBeNull();
    expect(classify(answer(400, { data: [problem('INVALID_DATA')] }, 'POST'))).toBeNull();
  });

  it('to a setting speaks through its first entry', () => {
    const refused = classify(
      answer(400, { webhooks: [problem('MANDATORY_NOT_FOUND', { api_name: 'url' })] }, 'POST'),
    );
    expect([refused?.kind, refused?.details.field]).toEqual(['rejected', 'url']);
  });

  it('that refuses names the field and carries the words of Zoho', () => {
    const refused = classify(answer(400, problem('DUPLICATE_DATA', { api_name: 'Email' })));
    expect(refused?.details).toMatchObject({ field: 'Email', vendorMessage: 'DUPLICATE_DATA: why' });
    expect(refused?.details.sentence.en).toContain('“E-mail”');
  });
});
