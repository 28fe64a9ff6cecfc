import { type Multipart, type MultipartFile, readMultipart } from './multipart.ts';

export interface ReadBody {
  readonly body: Record<string, unknown>;
  /** What came along: of these, the body has the names. */
  readonly files: readonly MultipartFile[];
}

/**
 * Reads a delivery into a record, a list as its member `list`, a form's field that came several times as a list;
 * null when it is not what its content type says.
 *
 * @param contentType what the header says; of a multipart form, all of it.
 */
export function readBody(contentType: string, raw: Buffer | string): ReadBody | null {
  if (isMultipart(contentType)) {
    const read = readMultipart(contentType, typeof raw === 'string' ? Buffer.from(raw) : raw);
    return read === null ? null : ofForm(read);
  }
  const body = bodyOfText(contentType, raw.toString());
  return body === null ? null : { body, files: [] };
}

const isMultipart = (contentType: string): boolean => contentType.startsWith('multipart/form-data');
const ofForm = ({ fields, files }: Multipart): ReadBody => ({ body: fieldsOf(fields), files });

function bodyOfText(contentType: string, text: string): Record<string, unknown> | null {
  if (contentType === 'application/x-www-form-urlencoded') return fieldsOf(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { list: value };
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A key of tricks stays one of the record's own, so that it is seen and refused. */
function fieldsOf(fields: Iterable<readonly [string, string]>): Record<string, unknown> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(
    [...byName].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** The body of an event that was accepted, and could be read then. */
export const parseBody = (contentType: string, text: string): Record<string, unknown> =>
  (isMultipart(contentType) ? readBody(contentType, text)?.body : bodyOfText(contentType, text)) ?? {};
