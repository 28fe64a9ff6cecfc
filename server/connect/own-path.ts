/** A path of this server; never another site's address in disguise (`//evil.example`, `/\evil.example`). */
export function ownPath(text: string): string {
  const base = 'http://own.invalid';
  if (!text.startsWith('/') || !URL.canParse(text, base)) return '/';
  const url = new URL(text, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}${url.hash}`
    : '/';
}
