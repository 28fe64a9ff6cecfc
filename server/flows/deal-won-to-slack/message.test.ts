import { dealText } from './message.ts';

const deal = {
  Deal_Name: 'Refonte site vitrine',
  Amount: 12_500,
  Owner: { id: '1', name: 'Claire Fontaine', email: 'claire@example.com' },
};

describe('dealText', () => {
  it('fills the template with the amount written for the locale and the owner by name', () => {
    const text = dealText('🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}', deal, 'fr-FR');
    expect(text).toBe('🎉 Deal gagné ! Refonte site vitrine - 12 500€ par Claire Fontaine');
  });

  it('lets no record ping a channel or break the markup', () => {
    const text = dealText('{Deal_Name}', { Deal_Name: 'R&D <!channel> & <https://x.example|y>' }, 'fr-FR');
    expect(text).toBe('R&amp;D &lt;!channel&gt; &amp; &lt;https://x.example|y&gt;');
  });

  it('leaves out what the record does not hold', () => {
    expect(dealText('{Deal_Name}: {Amount}€', { Deal_Name: 'A', Amount: null }, 'fr-FR')).toBe('A: €');
  });
});
