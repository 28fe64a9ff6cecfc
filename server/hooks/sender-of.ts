import type { IncomingMessage } from 'node:http';

const MAPPED = /^::ffff:(?=\d+\.)/i;
/** An address with a port, as some proxies write it: RFC 7239 has it so too. */
const PORT = /^(?:\[(.+)\]|([^:]+))(?::\d+)?$/;

/**
 * The address that a request comes from. What stands in `X-Forwarded-For` is what anybody wrote there, but for the last
 * entries, which the operator's own proxies added: each the address of who spoke to it.
 *
 * @param proxies how many of them stand before this server, one behind the other; 0: whoever is connected is meant.
 * @returns null where it cannot be known: less came than these proxies would have written.
 */
export function senderOf(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
  proxies: number,
): string | null {
  if (proxies === 0) return socket.remoteAddress?.replace(MAPPED, '') ?? null;
  const told = headers['x-forwarded-for'];
  const entries = (Array.isArray(told) ? told.join(',') : (told ?? ''))
    .split(',')
    .map((entry) => entry.trim());
  const entry = entries.at(-proxies) ?? '';
  const [, inBrackets, alone] = PORT.exec(entry) ?? [];
  return (inBrackets ?? alone ?? entry) || null;
}
