import { ENDS_A_LINE, escaped, ITEM } from '../../kit/html-text.ts';
import { plainText } from '../../kit/plain-text.ts';

const UNSEEN = /<(head|script|style|template)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const TAG = /<\/?[a-z!][^>]*>/gi;

/**
 * What people read of the body of an event, as lines: read here and not by Exchange, whose own texts differ from one
 * call to the next. A text that `htmlOf` laid out comes back as it was.
 */
export function textOf({
  contentType,
  content,
}: {
  contentType?: string | null | undefined;
  content?: string | null | undefined;
}): string | null {
  const written = content ?? '';
  const text =
    contentType === 'html'
      ? plainText(
          written
            .replace(UNSEEN, '')
            .replace(/\s+/g, ' ')
            .replace(ITEM, '\n- ')
            .replace(ENDS_A_LINE, '\n')
            .replace(TAG, '')
            .replace(/&nbsp;/gi, '\u00a0'),
        )
      : written.replace(/\r\n?/g, '\n');
  const lines = text.split('\n').map((line) =>
    line
      .replace(/^ +/, '')
      .replace(/\u00a0/g, ' ')
      .trimEnd(),
  );
  return lines.join('\n').replace(/^\n+/, '').trimEnd() || null;
}

/** A plain text as the body of an event. */
export function htmlOf(text: string): string {
  const spaces = escaped(text.replace(/\r\n?/g, '\n')).replace(/^ | (?= )| $/gm, '&nbsp;');
  return text === '' ? '' : `<div>${spaces.replaceAll('\n', '<br>')}</div>`;
}
