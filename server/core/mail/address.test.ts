import { claimedAddress, domainOf, trueAddress } from './address.ts';

describe('the address that mail would go to', () => {
  it.each([
    ['anne@atelier.example', 'anne@atelier.example'],
    [' Anne@Atelier.EXAMPLE ', 'anne@atelier.example'],
    ['"Anne" <anne@atelier.example>', 'anne@atelier.example'],
    ['mailto:anne@atelier.example', 'anne@atelier.example'],
    ['"ceo@bank.example" <x@evil.example>', 'x@evil.example'],
    ['ceo@bank.example <x@evil.example>', 'x@evil.example'],
    ['"<ceo@bank.example>" <x@evil.example>', 'x@evil.example'],
    ['anne+devis@atelier.co.example', 'anne+devis@atelier.co.example'],
    ['anne@œuvre.example', 'anne@œuvre.example'],
    ["o'brien@atelier.example", "o'brien@atelier.example"],
  ])('of %s is %s', (text, address) => {
    expect(trueAddress(text)).toBe(address);
  });

  it.each([
    '',
    'anne',
    'MAILER-DAEMON',
    'anne@',
    '@atelier.example',
    'anne@atelier',
    'anne@-atelier.example',
    'a b@atelier.example',
    'anne@atelier.example, x@evil.example',
    '/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=anne',
    `${'a'.repeat(65)}@atelier.example`,
    `anne@${'a.'.repeat(130)}example`,
    'anne@atelier.example>\r\nBcc: x@evil.example',
  ])('is none of %j', (text) => {
    const found = trueAddress(text);
    expect(found === null || !found.includes('evil')).toBe(true);
    if (!text.includes('>')) expect(found).toBeNull();
  });

  it('is read in no more than the time of its length, whatever is in it', () => {
    const began = performance.now();
    for (const sign of ['<', '@', '.', 'a.', 'a@', '"', '\\"']) trueAddress(sign.repeat(200_000));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

it('a name that is another address claims to be somebody else, and its own claims nothing', () => {
  const claimed = (name: string) => claimedAddress({ name, address: 'x@evil.example' });
  expect(claimed('ceo@bank.example')).toBe('ceo@bank.example');
  expect(claimed('The boss (CEO@Bank.example)')).toBe('ceo@bank.example');
  expect(claimed('x@evil.example')).toBeNull();
  expect(claimed('Anne @ Atelier')).toBeNull();
});

it('a domain is what stands behind the last @', () => {
  expect(domainOf('a@B.example')).toBe('b.example');
});
