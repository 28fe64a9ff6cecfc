const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: unknown): string => String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/**
 * An answer as Campaigns writes it for those who asked for no JSON: each row of a list as `fl` elements.
 * https://www.zoho.com/campaigns/help/developers/get-mailing-lists.html
 */
export function xmlOf(uri: string, body: object): string {
  const parts = Object.entries(body)
    .filter(([name]) => name !== 'uri' && name !== 'version')
    .map(
      ([name, value]) =>
        `<${name}>${Array.isArray(value) ? value.map(row).join('') : escaped(value)}</${name}>`,
    );
  return `<response uri="${escaped(uri)}" version="1.1">${parts.join('')}</response>`;
}

const row = (values: object): string =>
  `<row>${Object.entries(values)
    .map(([name, value]) => `<fl val="${escaped(name)}">${escaped(value)}</fl>`)
    .join('')}</row>`;
