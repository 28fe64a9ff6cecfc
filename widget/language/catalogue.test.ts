import { englishMail } from '../../outlook/language/english.ts';
import { frenchMail } from '../../outlook/language/french.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { startingLanguage } from './language.tsx';

/** Every text of a catalogue by its path; functions are called with one and with several. */
function flat(texts: object, path = ''): [string, string[]][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string[]][] => {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') return [[here, [value]]];
    if (typeof value === 'function')
      return [[here, [0, 1, 7].map((count) => value(count, 'Slack', 'Stripe'))]];
    return flat(value, here);
  });
}

const [en, fr] = [flat({ ...english, mail: englishMail }), flat({ ...french, mail: frenchMail })];

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(fr.map(([key]) => key).sort()).toEqual(en.map(([key]) => key).sort());
    expect(en.length).toBeGreaterThan(100);
  });

  it.each([
    ['english', en],
    ['french', fr],
  ])('leave nothing empty or half-made in %s', (_, texts) => {
    const bad = texts.filter(([, forms]) =>
      forms.some((text) => !text.trim() || /undefined|NaN|TODO/.test(text)),
    );
    expect(bad).toEqual([]);
  });

  it('are translated: what is the same in both is a name or a sign', () => {
    const french = new Map(fr.map(([key, forms]) => [key, forms.join()]));
    const same = en.filter(([key, forms]) => french.get(key) === forms.join()).map(([key]) => key);
    expect(same).toEqual(['step.kinds.JSON']);
  });

  it('write French punctuation as French does: its own apostrophe, and a space that does not break before : ; ! ?', () => {
    const wrong = fr
      .flatMap(([, forms]) => forms)
      .filter((text) => /'|\.\.\.|[^\u00a0][:;!?](?:\s|$)/.test(text));
    expect(wrong).toEqual([]);
  });
});

describe('the language of the pages', () => {
  it('is the one chosen before, else that of the locale', () => {
    expect(startingLanguage('fr-FR', null)).toBe('fr');
    expect(startingLanguage('fr_CA', 'en')).toBe('en');
    expect(startingLanguage('de-DE', null)).toBe('en');
    expect(startingLanguage('en-US', 'xx')).toBe('en');
  });
});
