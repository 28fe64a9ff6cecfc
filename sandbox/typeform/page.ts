import { empty, moment, rawRecord } from '../page/format.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { type ResponseRow, typeformTables } from './rows.ts';

const PATH = '/view/typeform';
const SHOWN = 100;

const saidIn = ({ answers }: ResponseRow): string =>
  answers
    .map((answer) => {
      const { type, field: _field, ...value } = answer as { type: string; field: unknown };
      const said = (value as Record<string, unknown>)[type];
      return typeof said === 'object' ? JSON.stringify(said) : String(said);
    })
    .join(' · ');

/** What was answered, newest first. */
export const typeformPages: VendorPages = {
  place: { path: PATH, en: 'Typeform', fr: 'Typeform' },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('typeform');
      if (!desk) return undefined;
      const { responses, forms } = typeformTables(desk);
      const rows = responses.all().toReversed().slice(0, SHOWN);
      const columns = [
        {
          title: view.t('Form', 'Formulaire'),
          cell: ({ form }: ResponseRow) => forms.get(form)?.title ?? form,
        },
        { title: view.t('Answers', 'Réponses'), cell: saidIn },
        { title: view.t('When', 'Quand'), cell: (row: ResponseRow) => moment(view, row.submitted_at) },
        { title: '', cell: (row: ResponseRow) => rawRecord(view, row.token, row) },
      ];
      return layout(view, {
        title: 'Typeform',
        rawOf: 'typeform',
        live:
          rows.length === 0
            ? empty(view.t('Nobody has answered yet.', 'Personne n’a encore répondu.'))
            : table(view.t('Answers', 'Réponses'), columns, rows, ({ token }) => token),
      });
    });
  },
};
