import { z } from 'zod';
import { textOfHtml } from '../../kit/html-text.ts';
import { plainText } from '../../kit/plain-text.ts';

const attachmentSchema = z.object({
  contentType: z.string().nullish(),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
});

/** A message as somebody wrote it. https://learn.microsoft.com/graph/api/resources/chatmessage */
export const saidSchema = z
  .object({
    id: z.string().min(1),
    messageType: z.string().catch('message'),
    createdDateTime: z.string(),
    lastEditedDateTime: z.string().nullish(),
    deletedDateTime: z.string().nullish(),
    webUrl: z.string().nullish(),
    from: z
      .object({ user: z.object({ id: z.string().nullish(), displayName: z.string().nullish() }).nullish() })
      .nullish()
      .catch(null),
    body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
    attachments: z.array(attachmentSchema).nullish().catch([]),
    reactions: z
      .array(z.object({ reactionType: z.string().nullish(), displayName: z.string().nullish() }))
      .nullish()
      .catch([]),
  })
  .transform((one) => ({
    id: one.id,
    at: one.createdDateTime,
    editedAt: one.lastEditedDateTime ?? null,
    isDeleted: one.deletedDateTime != null,
    page: one.webUrl || null,
    /** Null: another application wrote it, or Teams itself. */
    user:
      one.messageType === 'message' && one.from?.user
        ? { id: one.from.user.id ?? '', name: one.from.user.displayName || null }
        : null,
    html: one.body?.contentType === 'html' ? (one.body.content ?? '') : null,
    text: one.body?.contentType === 'html' ? null : (one.body?.content ?? ''),
    files: (one.attachments ?? []).flatMap(fileOf),
    reactions: [
      ...new Set(
        (one.reactions ?? []).flatMap((given) => [given.reactionType ?? '', given.displayName ?? '']),
      ),
    ].filter((name) => name !== ''),
  }));

export type Said = z.output<typeof saidSchema>;

const WEB = /^https?:\/\//i;
const ATTRIBUTE = (name: string): RegExp => new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`, 'i');
const attribute = (tag: string, name: string): string => ATTRIBUTE(name).exec(tag)?.[1] ?? '';

/** A file has an address, a card has none; a message that is quoted is no file. */
function fileOf({ contentType, contentUrl, name }: z.output<typeof attachmentSchema>): string[] {
  const kind = contentType ?? '';
  if (/messageReference/i.test(kind)) return [];
  const title = name || (/card/i.test(kind) ? '[card]' : '[file]');
  return [contentUrl && WEB.test(contentUrl) ? `${title}: ${contentUrl}` : title];
}

const PICTURE = /<img\b[^>]*>/gi;
const EMOJI = /<emoji\b[^>]*>/gi;
const LINK = /<a\b([^>]*)>([\s\S]*?)<\/a>/gi;
/** Where pictures stand that were put into a message: nobody but Graph's clients can open that address. */
const HOSTED = /\/hostedContents\//i;

/** A picture as it is said: with its address where that opens for whoever reads it. */
function picture(tag: string): string {
  const [source, alt] = [attribute(tag, 'src'), attribute(tag, 'alt')];
  if (/emoji/i.test(attribute(tag, 'itemtype'))) return alt;
  const title = alt === '' || /^image$/i.test(alt) ? '[image]' : `[image: ${alt}]`;
  return WEB.test(plainText(source)) && !HOSTED.test(source) ? ` ${title} ${source} ` : ` ${title} `;
}

/** A link whose words do not say where it leads says it behind them. */
function link(_whole: string, attributes: string, inner: string): string {
  const address = attribute(attributes, 'href');
  const isSaid =
    !WEB.test(address) || textOfHtml(inner).replace(/\/$/, '') === plainText(address).replace(/\/$/, '');
  return isSaid ? inner : `${inner} (${address})`;
}

/** What people read of it, in plain words: who is mentioned by name, pictures and files as links, or said. */
export function readableText({ html, text, files }: Said): string {
  const said =
    html === null
      ? (text ?? '').trim()
      : textOfHtml(
          html
            .replace(EMOJI, (tag) => attribute(tag, 'alt'))
            .replace(PICTURE, picture)
            .replace(LINK, link),
        );
  return [said, ...files].filter((line) => line !== '').join('\n');
}
