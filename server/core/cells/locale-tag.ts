/** A locale as spreadsheets write it (`fr_FR`) as the language knows it (`fr-FR`); English where it is none. */
export function localeTag(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
