const NAME = /;\s*name="((?:[^"\\]|\\.)*)"/i;
const FILE = /;\s*filename\*?=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i;

/** Of a header's value: browsers write a quote in a name as `%22`, or with a backslash before it. */
const unescaped = (text: string): string =>
  text
    .replace(/%22|\\(["\\])/g, (_all, sign: string | undefined) => sign ?? '"')
    .replace(/%0D%0A|%0A/gi, '\n');

/**
 * The fields of a `multipart/form-data` body (RFC 7578), in their order; of a file its name alone. Null: it is none.
 *
 * @param contentType the whole header: it holds what parts the fields.
 */
export function multipartFields(contentType: string, text: string): [name: string, value: string][] | null {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType);
  const parting = boundary?.[1] ?? boundary?.[2];
  if (parting === undefined) return null;
  const parts = `\r\n${text}`.split(`\r\n--${parting}`);
  // What was cut off on its way has no end.
  if (parts.length < 2 || !/^--\s*$/.test(parts.at(-1) ?? '')) return null;
  const fields: [string, string][] = [];
  for (const part of parts.slice(1, -1)) {
    const border = part.indexOf('\r\n\r\n');
    const head = part.slice(0, border).replace(/\r\n[ \t]+/g, ' ');
    const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
    const name = NAME.exec(disposition)?.[1];
    if (border === -1 || name === undefined) return null;
    const file = FILE.exec(disposition);
    const value = file === null ? part.slice(border + 4) : unescaped(file[1] ?? file[2] ?? '');
    fields.push([unescaped(name), value]);
  }
  return fields;
}
