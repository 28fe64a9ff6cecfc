import { frenchSpaces } from './french-spaces.ts';

describe('spaces of French', () => {
  it('do not break before high punctuation, nor inside guillemets', () => {
    expect(frenchSpaces('Facture « INV 8 » : payée ; relancer ?')).toBe(
      'Facture «\u00a0INV 8\u00a0»\u00a0: payée\u00a0; relancer\u00a0?',
    );
  });

  it('leave times, addresses and everything else as they are', () => {
    const text = 'À 10:30, voir https://x.example/?a=1 (INV-000008).';
    expect(frenchSpaces(text)).toBe(text);
  });
});
