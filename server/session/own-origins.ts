const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Origins of Liaison's own pages: its public address and, where it also serves pages to its own machine,
 * the names of that.
 *
 * @param localPort null: to nobody by a local name.
 */
export function ownOrigins(publicUrl: string, localPort: number | null): (origin: string) => boolean {
  const local = localPort === null ? [] : LOCAL_NAMES.map((name) => `http://${name}:${localPort}`);
  const own = new Set([new URL(publicUrl).origin, ...local]);
  return (origin) => own.has(origin.toLowerCase());
}
