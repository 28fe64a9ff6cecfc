import type { TrialDeclaration } from '../../core/held-write.ts';
import { asWords } from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { READS } from './reads.ts';

/** `properties.Montant.number`, `properties.Client.relation.id`: people know a property by its name. */
const PROPERTY =
  /^properties\.(.+?)\.(title|rich_text|number|select|multi_select|status|date|people|relation|url|email|phone_number|checkbox|files)(\..+)?$/;

/** Members that only say how something is written. */
const FORM = /(^|\.)(type|object|annotations)$/;

function named(path: string): Sentence | null | undefined {
  const property = PROPERTY.exec(path);
  if (property !== null) return FORM.test(property[3] ?? '') ? null : asWords(property[1] ?? '');
  if (FORM.test(path)) return null;
  if (path.startsWith('children.')) return TEXT;
  return undefined;
}

const TEXT: Sentence = { en: 'Text of the page', fr: 'Texte de la page' };
const page = { en: 'page', fr: 'page' };

/** What stands for Notion's answers in a try. */
export const trial: TrialDeclaration = {
  reads: READS,
  writes: [
    {
      call: /^POST \/v1\/pages$/,
      fields: { 'parent.data_source_id': null },
      named,
      answer(_write, { make }) {
        const id = make(page);
        return { body: { object: 'page', id, in_trash: false } };
      },
    },
    {
      call: /^PATCH \/v1\/pages\/[^/]+$/,
      fields: { in_trash: { en: 'In the trash', fr: 'Dans la corbeille' } },
      named,
      answer: ({ url }) => ({
        body: {
          object: 'page',
          id: decodeURIComponent(url.pathname.split('/').at(-1) ?? ''),
          in_trash: false,
        },
      }),
    },
    {
      call: /^PATCH \/v1\/blocks\/[^/]+\/children$/,
      named,
      answer: () => ({ body: { object: 'list', results: [] } }),
    },
    {
      call: /^PATCH \/v1\/data_sources\/[^/]+$/,
      answer({ body }, { make }) {
        const names = Object.keys((body as { properties?: object }).properties ?? {});
        const id = make({ en: 'property', fr: 'propriété' });
        return {
          body: {
            properties: Object.fromEntries(names.map((name) => [name, { id, name, type: 'rich_text' }])),
          },
        };
      },
    },
  ],
};
