import { useMemo, useSyncExternalStore } from 'react';

/**
 * Where the user is, kept in the part of the address after `#`: it works from any folder, inside a frame
 * and inside a package, and can be sent to a colleague.
 */
export interface Address {
  /** `log`, `flows`, `connections`. */
  readonly screen: string;
  /** The one that a screen is about, as it stands after its name (`integrations/<id>`); null: none of them. */
  readonly item: string | null;
  readonly search: URLSearchParams;
}

export function parseAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [screen = '', item] = path.split(/\/(.*)/s);
  return {
    screen: screen === '' ? 'log' : screen,
    item: item === undefined || item === '' ? null : decoded(item),
    search: new URLSearchParams(search),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Typed by hand: there is nothing of that name.
    return text;
  }
}

/** An `href`. Empty and absent values are left out. */
export function hrefOf(
  screen: string,
  search: Readonly<Record<string, string | null | undefined>> = {},
): string {
  const kept = Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(kept).toString();
  return `#/${screen}${query === '' ? '' : `?${query}`}`;
}

/** `go` has gone somewhere. */
export const MOVED = 'liaison:moved';
/** Asked before `go` goes anywhere, with the address as its detail: cancelled, it stays. */
export const LEAVING = 'liaison:leaving';

/** Goes to an address; `replace` leaves no entry to go back to (typing in a filter). */
export function go(href: string, options: { replace?: boolean } = {}): void {
  if (href === location.hash) return;
  const leaving = new CustomEvent(LEAVING, { cancelable: true, detail: href });
  if (!window.dispatchEvent(leaving)) return;
  if (options.replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  window.dispatchEvent(new Event(MOVED));
}

function listen(onMove: () => void): () => void {
  for (const name of ['hashchange', 'popstate', MOVED]) window.addEventListener(name, onMove);
  return () => {
    for (const name of ['hashchange', 'popstate', MOVED]) window.removeEventListener(name, onMove);
  };
}

export function useAddress(): Address {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return useMemo(() => parseAddress(hash), [hash]);
}
