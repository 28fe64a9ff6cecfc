import { formatLocale, formatsOf } from './formats.ts';

const NOON = '2026-11-20T12:00:05Z';
// Intl puts narrow and plain no-break spaces where it sees fit.
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  it('write moments in the time zone of the organisation, with the day unless it is today', () => {
    const paris = formatsOf('fr-FR', 'Europe/Paris');
    expect(paris.moment(NOON, Date.parse('2026-11-20T22:00:00Z'))).toBe('13:00:05');
    expect(paris.moment(NOON, Date.parse('2026-11-20T23:00:00Z'))).toBe('20 nov., 13:00');
    expect(formatsOf('en-GB', 'Asia/Tokyo').moment(NOON, Date.parse(NOON))).toBe('21:00:05');
    expect(paris.full(NOON)).toMatch(/vendredi 20 novembre 2026.*13:00:05.*UTC\+1/);
  });

  it.each([
    [0, '0 ms', '0 ms'],
    [580.4, '580 ms', '580 ms'],
    [1_240, '1.2 sec', '1,2 s'],
    [65_000, '1 min 5 sec', '1 min 5 s'],
    [3_780_000, '1 hr 3 min', '1 h 3 min'],
  ])('write %d ms as people say it', (ms, english, french) => {
    expect(plain(formatsOf('en-US', 'UTC').duration(ms))).toBe(english);
    expect(plain(formatsOf('fr-FR', 'UTC').duration(ms))).toBe(french);
  });

  it('follow the organisation’s variety of the chosen language', () => {
    expect(formatLocale('fr', 'fr-CA')).toBe('fr-CA');
    expect(formatLocale('en', 'fr-FR')).toBe('en-GB');
    // As a browser tells it that was started without any language, and as no browser should.
    expect(formatLocale('en', 'en-US@posix')).toBe('en-US');
    expect(formatLocale('fr', 'fr_FR')).toBe('fr-FR');
    expect(formatLocale('fr', '?')).toBe('fr-FR');
    expect(formatLocale('en', 'en_US')).toBe('en-US');
    expect(formatLocale('fr', 'en-US')).toBe('fr-FR');
  });
});
