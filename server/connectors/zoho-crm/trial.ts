import type { HeldWrite, StandIns, TrialDeclaration } from '../../core/held-write.ts';
import type { Sentence } from '../../core/sentence.ts';

const NOTE: Sentence = { en: 'note', fr: 'note' };
const RECORD: Sentence = { en: 'record', fr: 'fiche' };

const recordsOf = ({ body }: HeldWrite): readonly { readonly id?: string }[] =>
  (body as { data?: { id?: string }[] } | null)?.data ?? [];

/** One result for each record, as the CRM answers every write of records. */
const done =
  (what: Sentence) =>
  (write: HeldWrite, { make }: StandIns) => ({
    body: {
      data: recordsOf(write).map(({ id }) => ({
        code: 'SUCCESS',
        status: 'success',
        action: id === undefined ? 'insert' : 'update',
        details: { id: id ?? make(what) },
      })),
    },
  });

/** How the CRM is to go about it: nothing of the record's. */
const MANNER = { trigger: null, duplicate_check_fields: null, 'data.Parent_Id.module.api_name': null };

/**
 * Records of any module are made, changed and upserted alike; a query is sent by POST.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html
 */
export const trial: TrialDeclaration = {
  reads: /^POST \/crm\/v8\/coql$/,
  writes: [
    {
      call: /^(POST|PUT) \/crm\/v8\/Notes$/,
      fields: {
        ...MANNER,
        Note_Title: { en: 'Title of the note', fr: 'Titre de la note' },
        Note_Content: { en: 'Note', fr: 'Note' },
        'data.id': { en: 'Note', fr: 'Note' },
        'data.Parent_Id.id': { en: 'On the contact', fr: 'Sur le contact' },
      },
      answer: done(NOTE),
    },
    {
      call: /^(POST|PUT) \/crm\/v8\/\w+(\/upsert)?$/,
      fields: { ...MANNER, 'data.id': { en: 'Record', fr: 'Fiche' } },
      answer: done(RECORD),
    },
  ],
};
