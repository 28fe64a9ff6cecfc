import type { RunContext } from '../../../core/flow.ts';
import { zohoBooks } from '../connector.ts';

/** Something that is to stand on an invoice once. */
export interface Notice {
  readonly text: string;
  /** Any of these in a comment says that this, or something later about the same, stands there already. */
  readonly covered: readonly string[];
}

/** Those that no comment says yet; of several that say the same, the first. */
export function missing(notices: readonly Notice[], comments: readonly string[]): Notice[] {
  const said = [...comments];
  return notices.filter(({ text, covered }) => {
    if (covered.some((mark) => said.some((comment) => comment.includes(mark)))) return false;
    said.push(text);
    return true;
  });
}

/** What stands on an invoice already, text by text. */
export const commentsOn = async (
  { client }: Pick<RunContext<unknown, never>, 'client'>,
  invoiceId: string,
): Promise<readonly string[]> => (await client(zohoBooks).comments(invoiceId)).map(({ text }) => text);

/**
 * Comments an invoice, which the customer does not see.
 *
 * @returns how many comments were added: what stands there already is not said again.
 */
export async function noteOnInvoice<Step extends string>(
  { client, write }: Pick<RunContext<unknown, Step>, 'client' | 'write'>,
  step: Step,
  invoiceId: string,
  notices: readonly Notice[],
): Promise<number> {
  let left: readonly Notice[] = notices;
  const { noted } = await write(step, {
    findFirst: true,
    // Found when everything is noted already.
    async find() {
      left = missing(notices, await commentsOn({ client }, invoiceId));
      return left.length === 0 ? { noted: 0 } : null;
    },
    async send() {
      for (const { text } of left) await client(zohoBooks).addComment(invoiceId, text);
      return { noted: left.length };
    },
  });
  return noted;
}
