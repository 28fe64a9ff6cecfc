import { isSecretName, REDACTED, redactValue } from './redact-json.ts';

/** Longest stored body, in UTF-8 bytes. */
export const BODY_LIMIT = 8 * 1024;
// What is worth parsing to keep 8 kB of it.
const PARSE_LIMIT = 512 * 1024;

const SCHEME_AND_CREDENTIAL = /\b(bearer|basic|[a-z]+-oauthtoken)\s+[\w.~+/=-]{6,}/gi;
const PREFIXED_KEY = /\b(?:[a-z]{2,6}_(?:live|test)|whsec|xox[a-z]|xapp)[_-][\w-]{8,}/g;
const JSON_WEB_TOKEN = /\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g;
const QUOTED_PAIR = /("([^"\\]{1,80})"\s*:\s*)"(?:[^"\\]|\\.)*("|$)/g;
const FORM_PAIR = /(^|[?&\s;])([\w.%[\]-]{1,80})=([^&\s"'<>]*)/g;
// Line breaks and control characters of every kind: one log line stays one line.
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Makes text of a vendor fit to be stored and read by people: secrets out, one line, at most `limit`
 * bytes. Secrets are known by the names they stand under, by their own shape, or by being in `known`.
 */
export function redactText(text: string, known: readonly string[] = [], limit = BODY_LIMIT): string {
  return cut(withoutSecrets(text.slice(0, PARSE_LIMIT).replace(CONTROL, ' '), known), limit);
}

function withoutSecrets(text: string, known: readonly string[]): string {
  let safe = text;
  for (const secret of known) if (secret.length >= 6) safe = safe.replaceAll(secret, REDACTED);
  return safe
    .replace(QUOTED_PAIR, (pair, head: string, name: string) =>
      isSecretName(name) ? `${head}"${REDACTED}"` : pair,
    )
    .replace(FORM_PAIR, (pair, before: string, name: string) =>
      isSecretName(decodeSafely(name)) ? `${before}${name}=${REDACTED}` : pair,
    )
    .replace(SCHEME_AND_CREDENTIAL, `$1 ${REDACTED}`)
    .replace(PREFIXED_KEY, REDACTED)
    .replace(JSON_WEB_TOKEN, REDACTED);
}

/** A parsed body whole, its line breaks too, with the secrets out: for people who look at what would be sent. */
export function redactTree(value: unknown, known: readonly string[] = []): unknown {
  const safe = (part: unknown): unknown => {
    if (typeof part === 'string') return withoutSecrets(part, known);
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(safe);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, safe(inner)]));
  };
  return safe(redactValue(value));
}

/** A request's or an answer's body, as the log keeps it. */
export function redactBody(text: string, known: readonly string[] = []): string {
  if (text.length <= PARSE_LIMIT && /^\s*[[{]/.test(text)) {
    try {
      return redactText(JSON.stringify(redactValue(JSON.parse(text))), known);
    } catch {
      // Not JSON after all (cut short, or a page that begins with a brace): read as text.
    }
  }
  return redactText(text, known);
}

/** An address with the secrets of its query out. */
export function redactUrl(url: URL, known: readonly string[] = []): string {
  const safe = new URL(url);
  safe.username = '';
  safe.password = '';
  safe.hash = '';
  for (const name of new Set(safe.searchParams.keys())) {
    if (isSecretName(name) || name === 'code') safe.searchParams.set(name, REDACTED);
  }
  return redactText(safe.href, known, 2048);
}

function cut(text: string, limit: number): string {
  const whole = text.toWellFormed();
  if (Buffer.byteLength(whole) <= limit) return whole;
  // A character that the limit falls into is dropped.
  const bytes = Buffer.from(whole).subarray(0, limit - 3);
  return `${bytes.toString().replace(/\uFFFD+$/, '')}…`;
}

function decodeSafely(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
