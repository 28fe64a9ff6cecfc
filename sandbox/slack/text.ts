import { type Html, html, type Part } from '../page/html.ts';

/**
 * A message as Slack shows it: `*bold*`, `_italic_`, `~struck~`, `code`, `<https://…|links>`, mentions, and the
 * three entities that senders must write. Links lead where `lead` says. https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackText(text: string, nameOf: Named, lead: Lead = (address) => address): Html {
  return html`${inline(text, nameOf, lead)}`;
}

type Named = (id: string) => string;
/** Where a link leads, by the address that was written. */
type Lead = (address: string) => string;

/** A few of the names that Slack turns into pictures. */
const EMOJI: Readonly<Record<string, string>> = {
  '100': '💯',
  '+1': '👍',
  fire: '🔥',
  rocket: '🚀',
  smile: '😄',
  tada: '🎉',
  warning: '⚠️',
};

// A mark stands at a word's edge; a joiner between two letters is none.
const PATTERN =
  /<(?<target>[^<>|\s]+)(?:\|(?<label>[^<>]*))?>|(?<![\p{L}\p{N}\u2060])`(?<code>[^`\n]+)`(?![\p{L}\p{N}\u2060])|(?<![\p{L}\p{N}\u2060])(?<mark>[*_~])(?=\S)(?<inner>[^\n]*?\S)\k<mark>(?![\p{L}\p{N}\u2060])|:(?<emoji>[a-z0-9_+'-]+):/gu;

function inline(text: string, nameOf: Named, lead: Lead): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    parts.push(plain(text.slice(from, match.index)));
    from = match.index + match[0].length;
    parts.push(marked(match.groups ?? {}, match[0], nameOf, lead));
  }
  parts.push(plain(text.slice(from)));
  return parts;
}

function marked(groups: Record<string, string | undefined>, whole: string, nameOf: Named, lead: Lead): Part {
  const { target, label, code, mark, emoji, inner = '' } = groups;
  if (emoji !== undefined) return EMOJI[emoji] ?? whole;
  if (code !== undefined) return html`<code>${plain(code)}</code>`;
  if (mark === '*') return html`<b>${inline(inner, nameOf, lead)}</b>`;
  if (mark === '_') return html`<i>${inline(inner, nameOf, lead)}</i>`;
  if (mark === '~') return html`<s>${inline(inner, nameOf, lead)}</s>`;
  if (target === undefined) return plain(whole);
  if (target.startsWith('@')) return html`<span class="mention">@${label ?? nameOf(target.slice(1))}</span>`;
  if (target.startsWith('#')) return html`<span class="mention">#${label ?? target.slice(1)}</span>`;
  if (target.startsWith('!')) return html`<span class="mention">@${label ?? target.slice(1)}</span>`;
  if (/^(https?|mailto):/i.test(target))
    return html`<a href="${lead(plain(target))}" rel="noreferrer noopener">${plain(label || target)}</a>`;
  return plain(whole);
}

const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
