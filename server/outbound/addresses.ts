import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Resolves a name to every address it has. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

// The special-purpose ranges of the IANA registries (RFC 6890) that no vendor's API can stand in.
const FORBIDDEN_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
] as const;

// Only 2000::/3 is global unicast; these stand inside it. NAT64 (64:ff9b::/96, RFC 6052), mapped and
// compatible addresses stand outside it and are refused with the rest.
const FORBIDDEN_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'] as const;

function blockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

const forbiddenIpv4 = blockList(FORBIDDEN_IPV4, 'ipv4');
const forbiddenIpv6 = blockList(FORBIDDEN_IPV6, 'ipv6');
const globalIpv6 = blockList(['2000::/3'], 'ipv6');

/** True for every address that is not plainly a public one. */
export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return forbiddenIpv4.check(address, 'ipv4');
  if (family === 6) return !globalIpv6.check(address, 'ipv6') || forbiddenIpv6.check(address, 'ipv6');
  return true;
}

/** The name resolves to an address inside a private network. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

const resolveBySystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * A `lookup` for sockets: the addresses it checked are the very ones that the socket then connects to, so
 * a name that answers differently the second time (DNS rebinding) gains nothing. One forbidden address
 * among several refuses them all.
 */
export function guardedLookup(
  resolve: Resolve = resolveBySystem,
  isForbidden: (address: string) => boolean = isForbiddenAddress,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || addresses.some(({ address }) => isForbidden(address))) {
          callback(new ForbiddenAddress(`${hostname} does not resolve to public addresses only`), [], 0);
        } else if (options.all) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, [], 0),
    );
  };
}
