const NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether an address is one of this machine's own, and nothing in disguise. */
export function isLoopback(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'http:' &&
    NAMES.has(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    url.hash === ''
  );
}
