import type { MessagePart } from '../../core/messages.ts';
import { composeChat } from '../../kit/compose-chat.ts';
import { literal } from './markup.ts';

/**
 * Longest text that Slack shows as one message: above it cuts the text into several or refuses it.
 * https://docs.slack.dev/reference/methods/chat.postMessage#truncating
 */
export const LONGEST_TEXT = 4_000;

/** The parts as one message. @param whole markup that leads to the whole text; empty: nothing does. */
export const composeMessage = (parts: readonly MessagePart[], whole = ''): string =>
  composeChat({ longest: LONGEST_TEXT, literal }, parts, whole);
