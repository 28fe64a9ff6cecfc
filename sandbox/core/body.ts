import express, { type Request, type RequestHandler } from 'express';

/** A request's body in every form that some vendor needs. */
export interface Body {
  /** Exactly as sent (after content decoding): what recordings carry. */
  readonly text: string;
  /** Parsed when the text is JSON, else undefined. */
  readonly json: unknown;
  /** Form fields in the order sent, brackets unread (`line_items[0][price]`): Stripe's form. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The same fields by name; the last of equal names wins. */
  readonly form: Readonly<Record<string, string>>;
  /** What a multipart form carries beside its fields; of these, the fields have the name alone. */
  readonly files: readonly SentFile[];
}

export interface SentFile {
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const EMPTY: Body = { text: '', json: undefined, pairs: [], form: {}, files: [] };
const bodies = new WeakMap<Request, Body>();

/** The body of a request, as the host has read it. */
export function bodyOf(request: Request): Body {
  return bodies.get(request) ?? EMPTY;
}

/** Reads up to 25 MB, a little more than any vendor takes, whatever the content type, before any simulator sees the request. */
export function readBody(): RequestHandler[] {
  const raw = express.raw({ type: () => true, limit: '25mb' });
  return [
    raw,
    async (request, _response, next) => {
      if (Buffer.isBuffer(request.body))
        bodies.set(request, await parse(request.body, request.headers['content-type'] ?? ''));
      next();
    },
  ];
}

async function parse(bytes: Buffer, contentType: string): Promise<Body> {
  const text = bytes.toString('utf8');
  const { pairs, files } = await fields(bytes, text, contentType);
  return { text, json: parseJson(text), pairs, form: Object.fromEntries(pairs), files };
}

async function fields(
  bytes: Buffer,
  text: string,
  contentType: string,
): Promise<{ readonly pairs: [string, string][]; readonly files: readonly SentFile[] }> {
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return { pairs: [...new URLSearchParams(text)], files: [] };
  if (!contentType.startsWith('multipart/form-data')) return { pairs: [], files: [] };
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
    const files = [...form].flatMap(([field, value]) =>
      typeof value === 'string' ? [] : [{ field, file: value }],
    );
    return {
      pairs: [...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
      files: await Promise.all(
        files.map(async ({ field, file }) => ({
          field,
          name: file.name,
          contentType: file.type,
          bytes: new Uint8Array(await file.arrayBuffer()),
        })),
      ),
    };
  } catch {
    // Not a multipart body after all: the simulator then finds the fields it needs missing.
    return { pairs: [], files: [] };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
