/**
 * Clients are registered with every simulated vendor by rule: `sandbox-<connector id>` with the secret
 * `sandbox-secret-<connector id>`, and any redirect URI on this machine.
 */
const CLIENT = /^sandbox-([a-z][a-z0-9-]*)$/;

/** Connector id in a client id, or null for a client that no vendor here knows. */
export function connectorOf(clientId: string): string | null {
  return CLIENT.exec(clientId)?.[1] ?? null;
}

export function clientSecretOf(connector: string): string {
  return `sandbox-secret-${connector}`;
}

/** True for an address on this machine: the sandbox sends its codes nowhere else. */
export function isLocalAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return /^(localhost|.+\.localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
}

/** Client credentials of a token request: HTTP Basic where given (RFC 6749, 2.3.1), else the form's. */
export function credentialsOf(
  authorization: string | undefined,
  form: Readonly<Record<string, string>>,
): { readonly clientId: string; readonly secret: string } {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return { clientId: form.client_id ?? '', secret: form.client_secret ?? '' };
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { clientId: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
