/**
 * Clients are registered by rule: `sandbox-<name>` with the secret `sandbox-secret-<name>`. Their redirect
 * URIs are any on this machine.
 */
const CLIENT = /^sandbox-([a-z][a-z0-9-]*)$/;

/**
 * The client that speaks to the simulators at their own address rather than at Zoho's: it is told this
 * address as `api_domain`, where every other client is told Zoho's real one (and reaches it by the
 * server's rewriting of hosts). Clients that follow `api_domain` by themselves, as Zoho's SDK does, use it.
 */
export const DIRECT_CLIENT = 'sandbox-sdk';

export function isClient(clientId: string): boolean {
  return CLIENT.test(clientId);
}

export function secretOf(clientId: string): string {
  return clientId.replace(/^sandbox-/, 'sandbox-secret-');
}

export function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const here =
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return here && (protocol === 'http:' || protocol === 'https:');
}
