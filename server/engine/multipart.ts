const NAME = /;\s*name="((?:[^"\\]|\\.)*)"/i;
const FILE = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i;
/** RFC 5987: a name in other letters, percent-encoded. */
const ENCODED_FILE = /;\s*filename\*=(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i;

const LINE = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
/** Nobody asks so many questions. */
const MOST_PARTS = 2_000;

/** A file as a form carried it. */
export interface MultipartFile {
  readonly field: string;
  /** As it was sent: it may hold a path, or signs that no name should. */
  readonly name: string;
  readonly contentType: string;
  /** A view of the body. */
  readonly bytes: Buffer;
}

export interface Multipart {
  /** In their order; of a file its name. */
  readonly fields: [name: string, value: string][];
  readonly files: readonly MultipartFile[];
}

/** Of a header's value: browsers write a quote in a name as `%22`, or with a backslash before it. */
const unescaped = (text: string): string =>
  text
    .replace(/%22|\\(["\\])/g, (_all, sign: string | undefined) => sign ?? '"')
    .replace(/%0D%0A|%0A/gi, '\n');

/**
 * What a `multipart/form-data` body holds (RFC 7578). Null: it is none, or was cut off on its way.
 *
 * @param contentType the whole header: it holds what parts the fields.
 */
export function readMultipart(contentType: string, raw: Buffer): Multipart | null {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType);
  const parting = boundary?.[1] ?? boundary?.[2];
  if (parting === undefined) return null;
  const parts = partsOf(raw, Buffer.from(`--${parting}`));
  if (parts === null) return null;
  const fields: [string, string][] = [];
  const files: MultipartFile[] = [];
  for (const part of parts) {
    const border = part.indexOf(HEAD_END);
    if (border === -1) return null;
    const head = part
      .subarray(0, border)
      .toString('utf8')
      .replace(/\r\n[ \t]+/g, ' ');
    const disposition = headerOf(head, 'content-disposition') ?? '';
    const name = NAME.exec(disposition)?.[1];
    if (name === undefined) return null;
    const field = unescaped(name);
    const bytes = part.subarray(border + HEAD_END.length);
    const file = fileNameIn(disposition);
    fields.push([field, file ?? bytes.toString('utf8')]);
    // A question for a file that was left blank comes without a name.
    if (file !== null && file !== '')
      files.push({ field, name: file, contentType: headerOf(head, 'content-type') ?? '', bytes });
  }
  return { fields, files };
}

/** Between the delimiters; null: the last one is missing, or there are too many. */
function partsOf(raw: Buffer, dashes: Buffer): Buffer[] | null {
  const delimiter = Buffer.concat([LINE, dashes]);
  const isFirst = raw.subarray(0, dashes.length).equals(dashes);
  let at = isFirst ? 0 : raw.indexOf(delimiter);
  let from = isFirst ? dashes.length : at + delimiter.length;
  const parts: Buffer[] = [];
  while (at !== -1) {
    const next = raw.indexOf(delimiter, from);
    // What was cut off on its way has no end.
    if (next === -1)
      return /^--\s{0,100}$/.test(raw.subarray(from, from + 103).toString('latin1')) ? parts : null;
    if (parts.length === MOST_PARTS) return null;
    parts.push(raw.subarray(from, next));
    at = next;
    from = next + delimiter.length;
  }
  return null;
}

const headerOf = (head: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim();

/** Null: it is no file. */
function fileNameIn(disposition: string): string | null {
  const encoded = ENCODED_FILE.exec(disposition)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      // Not what it says: the plain name, where there is one.
    }
  }
  const plain = FILE.exec(disposition);
  return plain === null ? (encoded ?? null) : unescaped(plain[1] ?? plain[2] ?? '');
}
