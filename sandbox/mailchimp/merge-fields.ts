import type { Table, VendorDesk } from '../core/simulator.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal, notFound } from './problem.ts';
import { choiceOf, pageOf } from './query.ts';
import { MERGE_FIELD_TYPES, type MergeFieldRow, mailchimpTables } from './rows.ts';

const MOST = 30;
/** Names that every audience's mails know already. */
const RESERVED = /^(EMAIL|INTERESTS|UNSUB|FORWARD|REWARDS|ARCHIVE|USER_URL|DATE|EMAIL_TYPE)$/;
const TAG = /^[A-Z0-9_]{1,10}$/;

/** https://mailchimp.com/developer/marketing/api/list-merges/ */
export const mergeFieldOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/lists/{list}/merge-fields',
    run({ desk, audience, query }) {
      const listId = audience().id;
      const type = choiceOf(query, 'type', MERGE_FIELD_TYPES);
      const required = choiceOf(query, 'required', ['true', 'false']);
      const rows = mergeFieldsOf(desk, listId).filter(
        (row) =>
          (type === undefined || row.type === type) &&
          (required === undefined || String(row.required) === required),
      );
      return {
        merge_fields: pageOf(rows, query).map(shown),
        list_id: listId,
        total_items: rows.length,
      };
    },
  },
  { method: 'POST', path: '/lists/{list}/merge-fields', run: create },
  { method: 'GET', path: '/lists/{list}/merge-fields/{merge}', run: (call) => shown(fieldOf(call)) },
  { method: 'PATCH', path: '/lists/{list}/merge-fields/{merge}', run: change },
  {
    method: 'DELETE',
    path: '/lists/{list}/merge-fields/{merge}',
    run(call) {
      const row = fieldOf(call);
      tableOf(call.desk).delete(keyOf(row));
      wrote(call, row, 'delete');
      return null;
    },
  },
];

export function mergeFieldsOf(desk: VendorDesk, listId: string): MergeFieldRow[] {
  return tableOf(desk)
    .all()
    .filter((row) => row.listId === listId)
    .sort((a, b) => a.displayOrder - b.displayOrder || a.mergeId - b.mergeId);
}

export const keyOf = ({ listId, mergeId }: Pick<MergeFieldRow, 'listId' | 'mergeId'>): string =>
  `${listId}/${mergeId}`;

const tableOf = (desk: VendorDesk): Table<MergeFieldRow> => mailchimpTables(desk).mergeFields;

function create(call: Call): object {
  const { desk, body } = call;
  const listId = call.audience().id;
  const { name, type, tag, required = false } = body;
  if (typeof name !== 'string' || name.trim() === '')
    throw invalid({ field: 'name', message: 'This value should not be blank.' });
  const found = MERGE_FIELD_TYPES.find((one) => one === type);
  if (found === undefined)
    throw invalid({ field: 'type', message: `Must be one of: ${MERGE_FIELD_TYPES.join(', ')}` });
  const held = mergeFieldsOf(desk, listId);
  // The address counts as one of them.
  if (held.length + 1 >= MOST)
    throw new MailchimpRefusal(400, 'Bad Request', `This list already has ${MOST} merge fields.`);
  const mergeId = Math.max(0, ...held.map((row) => row.mergeId)) + 1;
  const row: MergeFieldRow = {
    listId,
    mergeId,
    tag: newTag(held, tag === undefined || tag === '' ? `MMERGE${mergeId}` : tag),
    name: name.slice(0, 50),
    type: found,
    required: required === true,
    defaultValue: typeof body.default_value === 'string' ? body.default_value : '',
    public: body.public === true,
    displayOrder: Number(body.display_order ?? mergeId + 1) || mergeId + 1,
    helpText: typeof body.help_text === 'string' ? body.help_text : '',
    options: optionsOf(found, body.options),
  };
  tableOf(desk).put(keyOf(row), row);
  wrote(call, row, 'create');
  return shown(row);
}

function change(call: Call): object {
  const { desk, body } = call;
  const row = fieldOf(call);
  const others = mergeFieldsOf(desk, row.listId).filter(({ mergeId }) => mergeId !== row.mergeId);
  const changed: MergeFieldRow = {
    ...row,
    ...(typeof body.name === 'string' ? { name: body.name } : {}),
    ...(body.tag === undefined ? {} : { tag: newTag(others, body.tag) }),
    ...(typeof body.required === 'boolean' ? { required: body.required } : {}),
    ...(typeof body.default_value === 'string' ? { defaultValue: body.default_value } : {}),
    ...(typeof body.public === 'boolean' ? { public: body.public } : {}),
    ...(typeof body.display_order === 'number' ? { displayOrder: body.display_order } : {}),
    ...(typeof body.help_text === 'string' ? { helpText: body.help_text } : {}),
    ...(body.options === undefined ? {} : { options: optionsOf(row.type, body.options) }),
  };
  tableOf(desk).put(keyOf(row), changed);
  wrote(call, changed, 'update');
  return shown(changed);
}

function newTag(held: readonly MergeFieldRow[], given: unknown): string {
  const tag = String(given).toUpperCase();
  if (!TAG.test(tag))
    throw invalid({ field: 'tag', message: 'Must be at most 10 letters, digits and underscores.' });
  if (RESERVED.test(tag) || held.some((row) => row.tag === tag))
    throw new MailchimpRefusal(
      400,
      'Invalid Resource',
      `A Merge Field with the tag "${tag}" already exists.`,
    );
  return tag;
}

function optionsOf(type: MergeFieldRow['type'], given: unknown): MergeFieldRow['options'] {
  const asked = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  if (type === 'text') return { size: 25, choices: [] };
  if (type === 'phone') return { phone_format: asked.phone_format === 'US' ? 'US' : 'none' };
  if (type === 'date') return { date_format: asked.date_format ?? 'MM/DD/YYYY' };
  if (type === 'birthday') return { date_format: asked.date_format ?? 'MM/DD' };
  if (type === 'address') return { default_country: asked.default_country ?? 164 };
  if (type !== 'dropdown' && type !== 'radio') return {};
  const choices = Array.isArray(asked.choices) ? asked.choices.map(String) : [];
  if (choices.length === 0)
    throw invalid({ field: 'options.choices', message: 'This value should not be blank.' });
  return { choices };
}

function fieldOf({ desk, audience, path }: Call): MergeFieldRow {
  const row = tableOf(desk).get(keyOf({ listId: audience().id, mergeId: Number(path.merge) }));
  if (!row) throw notFound();
  return row;
}

function wrote({ desk }: Call, row: MergeFieldRow, action: 'create' | 'update' | 'delete'): void {
  const operation = `${{ create: 'POST', update: 'PATCH', delete: 'DELETE' }[action]} /lists/{list_id}/merge-fields`;
  desk.wrote({
    operation,
    object: 'merge_field',
    id: keyOf(row),
    action,
    marker: row.tag,
    record: shown(row),
  });
}

function shown(row: MergeFieldRow): object {
  return {
    merge_id: row.mergeId,
    tag: row.tag,
    name: row.name,
    type: row.type,
    required: row.required,
    default_value: row.defaultValue,
    public: row.public,
    display_order: row.displayOrder,
    options: row.options,
    help_text: row.helpText,
    list_id: row.listId,
  };
}
