import type { Sentence } from './sentence.ts';

/** What an integration is called: as somebody named it, else as its flow is. */
export function integrationTitle(
  { flow, name }: { readonly flow: string; readonly name: string | null },
  declared: ReadonlyMap<string, { readonly titles: Sentence }>,
): Sentence {
  if (name !== null) return { en: name, fr: name };
  return declared.get(flow)?.titles ?? { en: flow, fr: flow };
}
