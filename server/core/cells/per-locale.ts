/** What a locale says, asked once: to make a format takes a thousand times longer than to use it. */
export function perLocale<Value>(ask: (locale: string) => Value): (locale: string) => Value {
  const known = new Map<string, Value>();
  return (locale) => {
    const found = known.get(locale);
    if (found !== undefined) return found;
    const asked = ask(locale);
    known.set(locale, asked);
    return asked;
  };
}
