import { ZOHO_DATA_CENTRES } from '../server/connectors/families/zoho/data-centres.ts';
import { CRM_DOMAINS, CRM_ORIGINS, isCrmOrigin, readServiceOrigin } from './crm-origins.ts';

const PAGE = 'https://liaison.example/widget/record.html';
const EU = encodeURIComponent('https://crm.zoho.eu');

it('the CRM is known in each data centre that Liaison connects to', () => {
  expect([...CRM_DOMAINS].sort()).toEqual(ZOHO_DATA_CENTRES.map(({ site }) => site).sort());
  expect(CRM_ORIGINS).toContain('https://crm.zoho.com.au');
  expect(CRM_ORIGINS.every((origin) => new URL(origin).origin === origin)).toBe(true);
});

describe('the origin that an address names', () => {
  it.each([
    ['is read', `${PAGE}?serviceOrigin=${EU}`, 'https://crm.zoho.eu'],
    [
      'may stand beside other things',
      `${PAGE}?isDevMode=1&serviceOrigin=${EU}#/log?a=b`,
      'https://crm.zoho.eu',
    ],
    ['is none where it is missing', PAGE, null],
    ['is none where two are named', `${PAGE}?serviceOrigin=${EU}&serviceOrigin=https://evil.example`, null],
    [
      'is none where the fragment names another',
      `${PAGE}?serviceOrigin=${EU}#&serviceOrigin=https://evil.example`,
      null,
    ],
    ['is none where only the fragment names one', `${PAGE}#?serviceOrigin=${EU}`, null],
  ])('%s', (_how, href, origin) => {
    expect(readServiceOrigin(href)).toBe(origin);
  });

  it.each([
    'https://evil.example',
    'http://crm.zoho.eu',
    'https://crm.zoho.eu.evil.example',
    'https://crm.zoho.eu@evil.example',
    'https://evil.example/https://crm.zoho.eu',
    'https://crm.zoho.eu:8443',
    'https://crm.zoho.eu https://evil.example',
    'https://CRM.zoho.eu',
    '*',
    'null',
    '',
  ])('is not the CRM’s when it is %j', (origin) => {
    expect(isCrmOrigin(origin, CRM_ORIGINS.join(' '))).toBe(false);
  });

  it('is the CRM’s when it is listed, and when the list is empty it never is', () => {
    expect(isCrmOrigin('https://crm.zoho.eu', CRM_ORIGINS.join(' '))).toBe(true);
    expect(isCrmOrigin('http://127.0.0.1:3001', `${CRM_ORIGINS.join(' ')} http://127.0.0.1:3001`)).toBe(true);
    expect(isCrmOrigin('https://crm.zoho.eu', '')).toBe(false);
  });
});
