import { trueAddress } from '../../server/core/mail/address.ts';

/**
 * What stands before the @ may be quoted, and hold brackets: `"<ceo@bank.example>"@evil.example` was read as an address of
 * the bank, and the pane showed its records beside a mail of somebody else.
 */

it.each([
  '"<ceo@bank.example>"@evil.example',
  '<ceo@bank.example>@evil.example',
  '"ceo" <ceo@bank.example> x@evil.example',
  '"<ceo@bank.example>" (the boss) x@evil.example',
])('%s is nobody at the bank', (text) => {
  expect(trueAddress(text)).toBeNull();
});

it('what follows the brackets and is no address takes nothing away', () => {
  expect(trueAddress('Anne <anne@atelier.example> (Atelier)')).toBe('anne@atelier.example');
});
