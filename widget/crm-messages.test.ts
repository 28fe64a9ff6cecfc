import { mayBeHeard } from './crm-messages.ts';

const crm = {} as Window;
const other = {} as Window;
const ORIGIN = 'https://crm.zoho.eu';
const EVIL = 'https://evil.example';
const heard = (source: Window, origin: string, data: unknown) =>
  mayBeHeard({ source, origin, data }, crm, ORIGIN);

const PAGE_LOAD = { type: 'FRAMEWORK.EVENT', eventName: 'PageLoad', data: {} };

it('what the CRM’s page says is heard, in either of its forms', () => {
  expect(heard(crm, ORIGIN, PAGE_LOAD)).toBe(true);
  expect(heard(crm, ORIGIN, JSON.stringify(PAGE_LOAD))).toBe(true);
});

it.each([
  ['another window at the CRM’s origin', other, ORIGIN],
  ['another page in the CRM’s window', crm, EVIL],
  ['another site', other, EVIL],
])('what %s says is not', (_who, source, origin) => {
  for (const data of [
    PAGE_LOAD,
    JSON.stringify(PAGE_LOAD),
    null,
    undefined,
    7,
    [],
    { eventName: 'SET_CONTEXT' },
  ])
    expect(heard(source, origin, data)).toBe(false);
});

it('Liaison’s own messages reach their listeners, with nothing in them for Zoho’s script', () => {
  expect(heard(other, 'https://liaison.example', { type: 'liaison.sign-in', code: 'x' })).toBe(true);
  expect(heard(other, EVIL, { type: 'liaison.x', eventName: 'SET_CONTEXT', data: {} })).toBe(false);
});
