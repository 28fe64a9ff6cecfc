import { type Arguments, jsonOf, textOf } from './arguments.ts';
import { SlackRefusal } from './refusal.ts';
import type { MessageMetadata, MessageRow } from './rows.ts';

/**
 * The documentation truncates at 40,000 characters; what people meet is a refusal, or several messages, above
 * 4,000: https://docs.slack.dev/reference/methods/chat.postMessage#truncating
 */
const LONGEST_TEXT = 4_000;
const MOST_BLOCKS = 50;
const MOST_ATTACHMENTS = 100;

export type Posted = Pick<MessageRow, 'text' | 'blocks' | 'attachments' | 'metadata'>;

/** The content of a message to be sent or changed. Throws what chat.postMessage answers to content it refuses. */
export function postedOf(given: Arguments): Posted {
  const markdown = textOf(given, 'markdown_text');
  const text = textOf(given, 'text');
  const blocks = listOf(given, 'blocks', 'invalid_blocks_format', MOST_BLOCKS, 'invalid_blocks');
  const attachments = listOf(
    given,
    'attachments',
    'invalid_attachments',
    MOST_ATTACHMENTS,
    'too_many_attachments',
  );
  if (markdown !== undefined && (text !== undefined || blocks))
    throw new SlackRefusal('markdown_text_conflict');
  const words = markdown ?? text ?? '';
  if (words.trim() === '' && !blocks && !attachments) throw new SlackRefusal('no_text');
  if (words.length > LONGEST_TEXT) throw new SlackRefusal('msg_too_long');
  return { text: words, blocks, attachments, metadata: metadataOf(given) };
}

function listOf(
  given: Arguments,
  name: string,
  malformed: string,
  most: number,
  tooMany: string,
): readonly object[] | null {
  const value = jsonOf(given, name, malformed);
  if (value === undefined || value === null) return null;
  const objects = Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
  if (!objects) throw new SlackRefusal(malformed);
  if (value.length > most) throw new SlackRefusal(tooMany);
  return value.length === 0 ? null : value;
}

function metadataOf(given: Arguments): MessageMetadata | null {
  const value = jsonOf(given, 'metadata', 'invalid_metadata_format');
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || !('event_type' in value) || !('event_payload' in value))
    throw new SlackRefusal('invalid_metadata_schema');
  const { event_type: type, event_payload: payload } = value;
  if (typeof type !== 'string' || !isObject(payload)) throw new SlackRefusal('invalid_metadata_schema');
  return { event_type: type, event_payload: payload };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
