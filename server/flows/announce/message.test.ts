import { messages } from '../../connectors/slack/offered-messages.ts';
import type { Writing } from '../../core/format.ts';
import { languageOf } from '../../core/sentence.ts';
import { messageParts } from './message.ts';
import { subjectOf } from './subject.ts';

/** A deal's message as Slack gets it. */
function dealText(
  template: string,
  deal: Readonly<Record<string, unknown>>,
  writing: Writing,
  about: { readonly moneyFields?: ReadonlySet<string>; readonly address?: string } = {},
): string {
  const { money, whole, title } = subjectOf('Deals');
  const language = languageOf(writing.locale);
  return messages.compose(messageParts(template, deal, writing, about.moneyFields ?? money), {
    words: whole[language],
    title: title[language],
    address: about.address ?? null,
  });
}

const FRENCH = { locale: 'fr-FR', timeZone: 'Europe/Paris' };
const BRITISH = { locale: 'en-GB', timeZone: 'Europe/London' };
const AMERICAN = { locale: 'en-US', timeZone: 'America/New_York' };

const deal = {
  Deal_Name: 'Refonte site vitrine',
  Amount: 12_500,
  Owner: { id: '1', name: 'Claire Fontaine', email: 'claire@example.com' },
};

describe('dealText', () => {
  it('fills the template with the amount written for the locale and the owner by name', () => {
    const text = dealText('🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}', deal, FRENCH);
    expect(text).toBe('🎉 Deal gagné ! Refonte site vitrine - 12 500€ par Claire Fontaine');
  });

  it('lets no record ping a channel or break the markup', () => {
    const text = dealText('{Deal_Name}', { Deal_Name: 'R&D <!channel> & <https://x.example|y>' }, FRENCH);
    expect(text).toBe('R&amp;D &lt;!channel&gt; &amp; &lt;https://x.example|y&gt;');
  });

  it('leaves out what the record does not hold', () => {
    const blank = { Deal_Name: 'A', Description: null, Amount: null };
    expect(dealText('{Deal_Name}: {Description}.', blank, FRENCH)).toBe('A: .');
    // Nothing that looks like zero.
    expect(dealText('{Deal_Name}: {Amount}€', blank, FRENCH)).toBe('A: montant non renseigné');
  });

  const king = { Deal_Name: 'King', Amount: 60_000, Currency: 'KES', Stage: 'Closed Won' };
  const euros = { ...king, Currency: 'EUR' };

  it('a fixed sign stands only for deals of its currency', () => {
    const text = (template: string, given: object = king) => dealText(template, { ...given }, FRENCH);
    expect(text('{Deal_Name} - {Amount}€ par')).toBe('King - 60 000 KES par');
    expect(text('{Amount} EUR.')).toBe('60 000 KES.');
    expect(text('€ {Amount}.')).toBe('60 000 KES.');
    expect(text('{Amount}$', { ...king, Currency: 'CAD' })).toBe('60 000$');
    expect(text('{Amount} PAR {Owner}')).toBe('60 000 PAR ');
    expect(text('{Amount}€', euros)).toBe('60 000€');
    expect(text('{Amount}€', { ...king, Currency: undefined })).toBe('60 000€');
    expect(text('{Amount}€', { ...king, Currency: undefined, $currency_symbol: 'KES' })).toBe('60 000 KES');
    expect(text('{Amount}€', { ...king, Currency: undefined, $currency_symbol: '€' })).toBe('60 000€');
  });

  it('a place of its own writes an amount with the deal’s currency', () => {
    expect(dealText('{Amount+Currency}', king, FRENCH)).toBe('60 000 KES');
    expect(dealText('{Amount + Currency}', euros, FRENCH)).toBe('60 000 €');
    expect(dealText('{Expected_Revenue+Currency}.', { ...king, Expected_Revenue: 0.5 }, BRITISH)).toBe(
      'KES 0.50.',
    );
  });

  it.each([
    [0.1 + 0.2, 'EUR', '0,30'],
    [1_234_567.891, 'EUR', '1 234 567,89'],
    [0, 'EUR', '0'],
    [1_500.4, 'JPY', '1 500'],
    [12.3456, 'KWD', '12,346'],
  ])('money has the decimals of its currency: %d %s', (Amount, Currency, text) => {
    expect(dealText('{Amount}', { Amount, Currency }, FRENCH)).toBe(text);
    const custom = { Prix: Amount, Currency };
    expect(dealText('{Prix}', custom, FRENCH, { moneyFields: new Set(['Prix']) })).toBe(text);
  });

  it('no amount is said in words, and is no zero', () => {
    const none = { ...king, Amount: null };
    const words = '🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}';
    expect(dealText(words, { ...none, Owner: { name: 'Léa' } }, FRENCH)).toBe(
      '🎉 Deal gagné ! King - montant non renseigné par Léa',
    );
    expect(dealText('{Deal_Name}: $ {Amount}.', none, AMERICAN)).toBe('King: no amount given.');
    expect(dealText('{Amount+Currency}', none, AMERICAN)).toBe('no amount given');
  });

  it('leads to the deal when its texts are too long for one message', () => {
    const long = { ...king, Description: 'x'.repeat(32_000) };
    const text = dealText('*{Deal_Name}*\n{Description}', long, FRENCH, {
      address: 'https://crm.example/1',
    });
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/^\*King\*\nx+…\n<https:\/\/crm\.example\/1\|[^<>]+>$/);
  });

  it('writes days in words and moments by the organisation’s clocks; other texts as they are', () => {
    const facts = {
      Closing_Date: '2026-11-30',
      Modified_Time: '2026-11-30T23:30:00Z',
      Next_Step: '2026-13-45',
      Description: 'le 2026-11-30',
    };
    expect(dealText('{Closing_Date}', facts, FRENCH)).toBe('30 novembre 2026');
    expect(dealText('{Closing_Date}', facts, BRITISH)).toBe('30 November 2026');
    expect(dealText('{Modified_Time}', facts, FRENCH)).toBe('1 décembre 2026 à 00:30');
    expect(dealText('{Next_Step} {Description}', facts, FRENCH)).toBe('2026-13-45 le 2026-11-30');
  });
});
