import { fullName, type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  type BlockRow,
  BOT_ID,
  type DatabaseRow,
  notionTables,
  type OptionRow,
  type PageRow,
  type PropertyRow,
  type SourceRow,
  type StoredDate,
  type StoredFile,
  type StoredValue,
  userIdOf,
  WORKSPACE,
} from './rows.ts';

const PLAIN = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
} as const;

/** Text as the API answers it. */
export const richText = (contents: readonly string[]) =>
  contents.map((content) => ({
    type: 'text',
    text: { content, link: null },
    annotations: PLAIN,
    plain_text: content,
    href: null,
  }));

/** Moments are told in whole minutes. */
export const minute = (at: number): string => new Date(Math.floor(at / 60_000) * 60_000).toISOString();

const bot = { object: 'user', id: BOT_ID } as const;
const shortId = (id: string): string => id.replaceAll('-', '');

export function personView(key: UserKey) {
  const user = users.find((one) => one.key === key);
  return {
    object: 'user',
    id: userIdOf(key),
    name: fullName(user) ?? null,
    avatar_url: null,
    type: 'person',
    person: { email: user?.email ?? '' },
  };
}

export const botView = () => ({
  object: 'user',
  id: BOT_ID,
  name: 'Liaison',
  avatar_url: null,
  type: 'bot',
  bot: {
    owner: { type: 'user', user: personView('hugo') },
    workspace_id: WORKSPACE.id,
    workspace_name: WORKSPACE.name,
    workspace_limits: { max_file_upload_size_in_bytes: 5_368_709_120 },
  },
});

const optionView = ({ id, name }: OptionRow) => ({ id, name, color: 'default', description: null });

function configOf(property: PropertyRow): object {
  const options = (property.options ?? []).map(optionView);
  switch (property.type) {
    case 'select':
    case 'multi_select':
      return { options };
    case 'status':
      return {
        options,
        groups: [
          { id: `${property.id}-g`, name: 'To-do', color: 'gray', option_ids: options.map(({ id }) => id) },
        ],
      };
    case 'number':
      return { format: property.format ?? 'number' };
    default:
      return {};
  }
}

function propertyView(desk: VendorDesk, property: PropertyRow): object {
  const { id, name, type } = property;
  const said = { id, name, description: null, type };
  if (type !== 'relation') return { ...said, [type]: configOf(property) };
  const target = notionTables(desk).sources.get(property.relatesTo ?? '');
  return {
    ...said,
    relation: {
      database_id: target?.databaseId ?? '',
      data_source_id: property.relatesTo ?? '',
      type: 'single_property',
      single_property: {},
    },
  };
}

export function sourceView(desk: VendorDesk, row: SourceRow): object {
  return {
    object: 'data_source',
    id: row.id,
    title: richText([row.name]),
    description: [],
    parent: { type: 'database_id', database_id: row.databaseId },
    database_parent: { type: 'workspace', workspace: true },
    is_inline: false,
    in_trash: false,
    archived: false,
    created_time: row.createdAt,
    last_edited_time: row.editedAt,
    created_by: bot,
    last_edited_by: bot,
    properties: Object.fromEntries(row.properties.map((one) => [one.name, propertyView(desk, one)])),
    icon: null,
    cover: null,
    url: `https://www.notion.so/${shortId(row.databaseId)}`,
    public_url: null,
  };
}

export function databaseView(desk: VendorDesk, row: DatabaseRow): object {
  const sources = notionTables(desk)
    .sources.all()
    .filter(({ databaseId }) => databaseId === row.id);
  return {
    object: 'database',
    id: row.id,
    title: richText([row.title]),
    description: [],
    parent: { type: 'workspace', workspace: true },
    is_inline: false,
    in_trash: false,
    archived: false,
    is_locked: false,
    created_time: row.createdAt,
    last_edited_time: row.createdAt,
    data_sources: sources.map(({ id, name }) => ({ id, name })),
    icon: null,
    cover: null,
    url: `https://www.notion.so/${shortId(row.id)}`,
    public_url: null,
  };
}

/** What a page answers for a property, a blank one too. */
function valueView(property: PropertyRow, value: StoredValue | undefined, page: PageRow): object {
  const { type } = property;
  const ids = Array.isArray(value) ? (value as readonly string[]) : [];
  const chosen = (id: string) => {
    const option = property.options?.find((one) => one.id === id);
    return option === undefined ? null : { id: option.id, name: option.name, color: 'default' };
  };
  switch (type) {
    case 'title':
    case 'rich_text':
      return { [type]: richText(ids) };
    case 'select':
    case 'status':
      return { [type]: typeof value === 'string' ? chosen(value) : null };
    case 'multi_select':
      return { multi_select: ids.flatMap((id) => chosen(id) ?? []) };
    case 'people':
      return {
        people: ids.map((id) => {
          const key = users.find((one) => userIdOf(one.key) === id)?.key;
          return key === undefined ? { object: 'user', id } : personView(key);
        }),
      };
    case 'relation':
      return { relation: ids.map((id) => ({ id })) };
    case 'files':
      return {
        files: ((value ?? []) as readonly StoredFile[]).map(({ name, url }) => ({
          name,
          type: 'external',
          external: { url },
        })),
      };
    case 'date':
      return { date: (value ?? null) as StoredDate | null };
    case 'checkbox':
      return { checkbox: value === true };
    case 'created_time':
      return { created_time: minute(page.createdAt) };
    default:
      return { [type]: value ?? null };
  }
}

export const titleOf = (page: PageRow): string => ((page.values.title ?? []) as readonly string[]).join('');

export function pageView(desk: VendorDesk, row: PageRow): object {
  const source = notionTables(desk).sources.get(row.sourceId);
  const slug = titleOf(row)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return {
    object: 'page',
    id: row.id,
    created_time: minute(row.createdAt),
    last_edited_time: minute(row.editedAt),
    in_trash: row.inTrash,
    archived: row.inTrash,
    is_archived: row.inTrash,
    is_locked: false,
    url: `https://www.notion.so/${encodeURIComponent(slug)}${slug === '' ? '' : '-'}${shortId(row.id)}`,
    public_url: null,
    parent: { type: 'data_source_id', data_source_id: row.sourceId, database_id: source?.databaseId ?? '' },
    properties: Object.fromEntries(
      (source?.properties ?? []).map((one) => [
        one.name,
        { id: one.id, type: one.type, ...valueView(one, row.values[one.id], row) },
      ]),
    ),
    icon: null,
    cover: null,
    created_by: bot,
    last_edited_by: bot,
  };
}

export const blockView = (row: BlockRow): object => ({
  object: 'block',
  id: row.id,
  parent: { type: 'page_id', page_id: row.pageId },
  created_time: minute(row.createdAt),
  last_edited_time: minute(row.createdAt),
  created_by: bot,
  last_edited_by: bot,
  has_children: false,
  in_trash: false,
  archived: false,
  type: row.type,
  [row.type]:
    row.type === 'divider' ? {} : { rich_text: richText(row.text), color: 'default', ...extra(row.type) },
});

const extra = (type: string): object =>
  type.startsWith('heading_') ? { is_toggleable: false } : type === 'to_do' ? { checked: false } : {};
