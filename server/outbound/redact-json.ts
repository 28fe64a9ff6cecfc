export const REDACTED = '[redacted]';

const SECRET_NAME =
  /token|secret|passw(or)?d|passphrase|authori[sz]ation|api[-_ ]?key|apikey|credential|signature|private[-_ ]?key|verifier|cookie|zapikey/i;
// Names that only look secret; what they say explains an exchange.
const HARMLESS_NAME =
  /^(token_type|(next|prev|previous)?_?page_?token|.*authori[sz]ation_?(url|uri|status))$/i;

/** True for the name of a field, header or parameter whose value is nobody's business. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/** A copy of a JSON value without the values that stand under secret names. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactNested(value, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 40) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));

  const entries = Object.entries(value);
  // `{name: 'X-Secret', value: '…'}`: the name of the secret is itself a value.
  const naming = entries.find(([key]) => key === 'name' || key === 'key')?.[1];
  const isNamedSecret = typeof naming === 'string' && isSecretName(naming);
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const isSecret = isSecretName(key) || (isNamedSecret && key === 'value');
      return [key, isSecret && !isEmpty(inner) ? REDACTED : redactValue(inner, depth + 1)];
    }),
  );
}

/** JSON inside a string of JSON, as some vendors send it. */
function redactNested(text: string, depth: number): string {
  if (depth > 40 || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(redactValue(JSON.parse(text), depth + 1));
  } catch {
    return text;
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}
