import { createHash, hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connector, DeliveredFile, InboundEvent, SignatureScheme } from '../core/connector.ts';
import type { PrivacyRequest } from '../core/privacy.ts';
import type { Handshake } from '../core/webhooks.ts';
import type { CrashPoints } from '../engine/crash-point.ts';
import { type ReadBody, readBody } from '../engine/event-body.ts';
import type { MultipartFile } from '../engine/multipart.ts';
import type { NewEvent } from '../store/inbox.ts';
import { type HandshakeAnswer, handshakeOf, handshakeOfBody } from './handshake.ts';
import { inTime } from './in-time.ts';
import { BODY_WITHIN_MS, letGo, readRaw } from './read-raw.ts';
import { type Room, roomFor } from './room.ts';
import { senderOf } from './sender-of.ts';
import { hasTrickKeys } from './trick-keys.ts';
import { verify, verifyUnread } from './verify.ts';

/** NUL as JSON writes it; not the backslash and the letters that somebody typed, which JSON doubles. */
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/;

/** A connection as the door knows it. */
export interface DoorConnection {
  readonly id: string;
  readonly organisationId: string;
  /** The vendor's own id of its account. */
  readonly account: string;
  secrets(kind: SignatureScheme['kind']): readonly string[];
}

export interface DoorParts {
  readonly connectors: ReadonlyMap<string, Connector>;
  /** The connection that a delivery's address names; null when there is none. */
  readonly find: (connector: string, hookKey: string) => Promise<DoorConnection | null>;
  /** Resolves when the events are on disk. */
  /** The secrets of Liaison itself at the connector's vendor, the same for every connection. */
  readonly applicationSecrets?: (connector: string) => readonly string[];
  readonly accept: (events: readonly NewEvent[]) => Promise<void>;
  /** Resolves when the request is on disk. Absent: nobody passes any on. */
  readonly acceptPrivacy?: (connector: string, request: PrivacyRequest) => Promise<void>;
  /** An account is said to have let Liaison out: asked for after the delivery was stored, and not waited for. */
  readonly onLeaving?: (connectionId: string) => void;
  /** What an account delivers by is said to end: set up again after the delivery was stored, and not waited for. */
  readonly onLapsing?: (connectionId: string) => void;
  /** How many reverse proxies of one's own stand before this server; absent: none. */
  readonly proxies?: number;
  readonly now: () => number;
  readonly crash: CrashPoints;
  readonly onAnswer: (connector: string, result: string) => void;
  readonly onError: (error: unknown) => void;
  readonly patience?: Patience;
}

/** How long a delivery may take, in milliseconds. */
export interface Patience {
  /** To arrive. */
  readonly bodyMs: number;
  /** The same with files. */
  readonly filesMs?: number;
  /** To be looked up, and to be stored: a database that does not answer is no reason to hold vendors' connections. */
  readonly storageMs: number;
}

const FILES_WITHIN_MS = 60_000;
const PATIENCE: Patience = { bodyMs: BODY_WITHIN_MS, storageMs: 10_000 };

const LIMIT_BYTES = 1_000_000;
/** Of a form with its files: as much as form tools send, and what the CRM takes of a file. */
const FILES_LIMIT_BYTES = 25_000_000;
/** Of all the large ones that are being read and stored at once. */
const ROOM_BYTES = 4 * FILES_LIMIT_BYTES;
const PATH = /^\/hooks\/([a-z0-9-]{1,40})\/([A-Za-z0-9_-]{1,100})$/;

const REASONS: Readonly<Record<string, string>> = {
  'no-such-hook': 'No connection listens at this address.',
  method: 'Deliveries are made with POST.',
  size: 'A delivery may hold at most 1 MB.',
  'size-files': 'A form with its files may hold at most 25 MB. Nothing of it was taken.',
  'size-fields': 'What was filled in, without the files, may hold at most 1 MB. Nothing of it was taken.',
  busy: 'Too many large forms come at once; send it again.',
  type: 'The content type is not one that this vendor sends.',
  incomplete: 'The delivery broke off, or took longer than ten seconds to arrive.',
  body: 'The body is not what its content type says.',
  trick: 'The body names a key twice, or one that no vendor uses.',
  shape: 'The body is not of a shape that this vendor sends.',
  unsigned: 'The delivery carries no signature.',
  'bad-signature': 'The signature does not match the body.',
  'from-elsewhere': 'The delivery carries no secret, and comes from an address that is not listed.',
  'other-account': 'The delivery is of another account than this address.',
  stale: 'The delivery is stamped too far from now.',
  closed: 'No secret is set for this connection: connect it again.',
  storage: 'The delivery could not be stored; send it again.',
};

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason, handshake }: Omit<Outcome, 'connector'>,
): void {
  const text =
    reason === undefined
      ? (handshake?.text ?? '{"received":true}')
      : JSON.stringify({ error: reason, message: REASONS[reason] });
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': handshake?.contentType ?? 'application/json',
    'content-length': Buffer.byteLength(text),
    // What a stranger sent is never taken for a page.
    ...(handshake === undefined ? {} : { 'x-content-type-options': 'nosniff' }),
  });
  if (request.complete) {
    response.end(text);
    return;
  }
  // Refused before it was read. The sender hears so at once, and its connection lasts until it has ended.
  response.write(text);
  letGo(request, () => response.end());
}

const MULTIPART = 'multipart/form-data';
/** What stands in the place of a connection's key where a vendor has one address for all accounts. */
const APPLICATION = 'application';
/** No connection: nothing is accepted that only a connection's own secret could sign. */
const NOBODY: DoorConnection = { id: '', organisationId: '', account: '', secrets: () => [] };

/** Same body, same event: for vendors that number nothing. */
const digest = (raw: Buffer, recordId: string | null): string =>
  createHash('sha256')
    .update(raw)
    .update('\0')
    .update(recordId ?? '')
    .digest('base64url');

const LONGEST_NAME = 500;
const isName = (text: string | null): boolean =>
  text === null || (text.length <= LONGEST_NAME && !text.includes('\0'));

/** Whether the database can hold it: what it refuses would fail all that are stored together with it. */
const isStorable = ({ key, topic, recordId }: InboundEvent): boolean => [key, topic, recordId].every(isName);

const headersAsText = ({ headers }: IncomingMessage, names: readonly string[]): string =>
  JSON.stringify(
    Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]))),
  );

const digested = (files: readonly MultipartFile[]): DeliveredFile[] =>
  files.map((file) => ({ ...file, digest: hash('sha256', file.bytes) }));

const isUnsigned = (handshake: Handshake): boolean =>
  handshake.kind === 'ping' || (handshake.kind === 'challenge' && !handshake.signed);

interface Outcome {
  readonly status: number;
  readonly connector: string;
  readonly reason?: string;
  /** What is answered to a vendor that delivered nothing. */
  readonly handshake?: HandshakeAnswer;
}

/**
 * The open door: raw bytes, verified, stored, and only then acknowledged. No business here. It answers on
 * the bare HTTP server, because every request through it is one that a vendor waits for.
 */
export function door(
  parts: DoorParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { bodyMs, storageMs, filesMs = FILES_WITHIN_MS } = parts.patience ?? PATIENCE;
  const room: Room = roomFor(ROOM_BYTES);

  /** @param later what is to be done once the delivery is over, however it ends. */
  async function handle(
    request: IncomingMessage,
    path: string,
    query: string,
    later: (done: () => void) => void,
  ): Promise<Outcome> {
    const [, connectorId = '', hookKey = ''] = PATH.exec(path) ?? [];
    const declared = parts.connectors.get(connectorId)?.webhooks;
    const refuse = (status: number, reason: string) => ({
      status,
      reason,
      connector: declared === undefined ? 'unknown' : connectorId,
    });
    const isApplication = hookKey === APPLICATION && declared?.privacy !== undefined;
    const connection =
      declared === undefined
        ? null
        : isApplication
          ? NOBODY
          : await inTime(parts.find(connectorId, hookKey), storageMs);
    if (declared === undefined || connection === null)
      return refuse(declared?.endsWhenGone === true ? 401 : 404, 'no-such-hook');
    const handshakes = declared.handshakes ?? [];
    const greet = (handshake: HandshakeAnswer) => ({ status: 200, connector: connectorId, handshake });
    const greeting = handshakeOf(handshakes, request, query);
    if (greeting !== null) return greet(greeting);
    if (request.method !== 'POST') return refuse(405, 'method');
    const named = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const isPing =
      named === 'application/x-www-form-urlencoded' && handshakes.some(({ kind }) => kind === 'ping');
    const contentType = named === '' && declared.headersAsBody !== undefined ? 'application/json' : named;
    const isKnown = (declared.contentTypes as readonly string[]).includes(contentType);
    if (!isKnown && !isPing) return refuse(415, 'type');

    const headers = request.headers as Record<string, string>;
    const sender = { headers, query, from: senderOf(request, parts.proxies ?? 0) };
    const secretsOf = ({ kind, secretOf }: SignatureScheme): readonly string[] =>
      secretOf === 'application' ? (parts.applicationSecrets?.(connectorId) ?? []) : connection.secrets(kind);
    const takesFiles = declared.takesFiles === true && contentType === MULTIPART;
    const limit = takesFiles ? FILES_LIMIT_BYTES : LIMIT_BYTES;
    if (takesFiles) {
      // Nobody has so much read who can be seen not to be believed.
      const unread = verifyUnread(declared.schemes, sender, secretsOf);
      if (unread?.ok === false) return refuse(unread.status, unread.reason);
      const size = Number(headers['content-length'] ?? limit);
      if (size > LIMIT_BYTES && size <= limit) {
        const leave = await room.take(size, bodyMs);
        if (leave === null) return refuse(503, 'busy');
        later(leave);
      }
    }
    const read = await readRaw(request, limit, takesFiles ? filesMs : bodyMs);
    if (!read.ok) {
      const tooLarge = takesFiles ? 'size-files' : 'size';
      return refuse(
        read.status,
        read.status === 413 ? tooLarge : read.status === 415 ? 'type' : 'incomplete',
      );
    }
    const text =
      contentType === MULTIPART
        ? null
        : read.raw.length === 0 && declared.headersAsBody !== undefined
          ? headersAsText(request, declared.headersAsBody)
          : read.raw.toString('utf8');
    let whole: ReadBody | null | undefined;
    const wholeOf = (): ReadBody | null => {
      // What parts the fields of a multipart form stands in the header.
      const type = contentType === MULTIPART ? (headers['content-type'] ?? '') : contentType;
      if (whole === undefined) whole = readBody(type, text ?? read.raw);
      return whole;
    };
    const bodyOf = (): Record<string, unknown> | null => wholeOf()?.body ?? null;
    const verdict = verify(
      declared.schemes,
      { ...sender, raw: read.raw, body: () => bodyOf() ?? {} },
      secretsOf,
      parts.now(),
    );
    // Only of vendors that say so before they can sign is anything unsigned read at all.
    const unsigned = !verdict.ok && verdict.reason === 'unsigned' && handshakes.some(isUnsigned);
    if (unsigned) {
      const unsignedGreeting = handshakeOfBody(handshakes, contentType, bodyOf() ?? {}, false);
      if (unsignedGreeting !== null) return greet(unsignedGreeting);
    }
    if (!isKnown) return refuse(415, 'type');
    if (!verdict.ok) return refuse(verdict.status, verdict.reason);
    const parsed = verdict.body ?? bodyOf();
    if (parsed === null) return refuse(400, 'body');
    const kept = text ?? JSON.stringify(parsed);
    if (text === null && kept.length > LIMIT_BYTES) return refuse(413, 'size-fields');
    // PostgreSQL holds no NUL in text; no vendor sends one, save in files, which are not held as text.
    const isHeld = text === null ? !NUL_IN_JSON.test(kept) : !text.includes('\0');
    if (!isHeld) return refuse(400, 'body');
    const isTrick =
      text !== null && contentType === 'application/json'
        ? hasTrickKeys(text)
        : Object.hasOwn(parsed, '__proto__');
    if (isTrick) return refuse(400, 'trick');
    const signedGreeting = handshakeOfBody(handshakes, contentType, parsed, true);
    if (signedGreeting !== null) return greet(signedGreeting);
    if (isApplication) {
      const asked = declared.privacy?.(parsed, headers) ?? null;
      if (asked === null || parts.acceptPrivacy === undefined || !isName(asked.key) || !isName(asked.account))
        return refuse(400, 'shape');
      await inTime(parts.acceptPrivacy(connectorId, asked), storageMs);
      return { status: 200, connector: connectorId };
    }
    const said = declared.accountOf?.(parsed, headers) ?? null;
    if (said !== null && said !== connection.account) return refuse(401, 'other-account');
    const files = takesFiles ? digested(wholeOf()?.files ?? []) : [];
    const events = declared.read(parsed, headers, files);
    if (events === null || events.length === 0 || !events.every(isStorable)) return refuse(400, 'shape');
    parts.crash('after-verify');

    const accepted = parts.accept(
      events.map((event) => ({
        organisationId: connection.organisationId,
        connectionId: connection.id,
        connector: connectorId,
        account: connection.account,
        eventKey: event.key ?? digest(read.raw, event.recordId),
        topic: event.topic,
        recordId: event.recordId,
        contentType: event.body === undefined && text !== null ? contentType : 'application/json',
        body: event.body ?? kept,
        ...(event.files === undefined || event.files.length === 0 ? {} : { files: event.files }),
      })),
    );
    // What is stored after all was refused, and comes again: its key makes one of the two.
    await inTime(accepted, storageMs);
    if (events.some(({ topic }) => declared.leavingTopics?.includes(topic))) parts.onLeaving?.(connection.id);
    if (events.some(({ topic }) => declared.lapsingTopics?.includes(topic))) parts.onLapsing?.(connection.id);
    return { status: declared.acknowledgedBy ?? 200, connector: connectorId };
  }

  return async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    let leave = (): void => {};
    try {
      const outcome = await handle(request, path, query, (done) => {
        leave = done;
      });
      const { connector, reason, handshake } = outcome;
      parts.onAnswer(connector, reason ?? (handshake === undefined ? 'accepted' : 'handshake'));
      answer(request, response, outcome);
    } catch (error) {
      parts.onError(error);
      parts.onAnswer('unknown', 'storage');
      answer(request, response, { status: 503, reason: 'storage' });
    } finally {
      leave();
    }
  };
}
