import { notion } from '../../connectors/notion/connector.ts';
import type { NotionPage } from '../../connectors/notion/pages.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { LiaisonError } from '../../core/errors.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { Outcome } from '../../core/flow.ts';
import { nameOf, subjectOf } from '../announce/subject.ts';
import { type Filled, fillPage } from './fill-page.ts';
import { keyProperty } from './id-property.ts';
import { bodyLots } from './page-body.ts';
import { type PageLink, readLink, writtenLink } from './page-link.ts';
import { kept, said, skipped } from './sentences.ts';
import { ofDeals } from './settings.ts';
import type { Context } from './steps.ts';

/** Brings the page of a record up to what the record is now: made, updated, put into the trash or taken out of it. */
export async function keepPage(context: Context): Promise<Outcome> {
  const { event, settings, client, read, linked, label, exclusively } = context;
  const id = event.recordId ?? '';
  if (settings.dataSource === '') throw new LiaisonError('rejected', { sentence: said.notChosen });
  const crm = client(zohoCrm);
  const record = await read('record', () => crm.record(settings.module, id));
  if (record === null) return skipped(said.gone);
  const name = nameOf(subjectOf(settings.module), record, id);
  label(name);
  const remembered = readLink(await linked(id));
  const link = remembered?.source === settings.dataSource ? remembered : null;
  if (isLost(context, record)) return loseIt(context, link, name);
  const unfit = await leftOut(context, record, link);
  if (unfit !== null) return unfit;
  // Another integration may keep pages in the same place.
  return exclusively(`page ${settings.dataSource} ${id}`, () => bringUpToDate(context, record, name, link));
}

const isLost = ({ settings }: Context, record: CrmRecord): boolean =>
  ofDeals(settings) && settings.lostStage !== '' && record.Stage === settings.lostStage;

/** A lost deal has no page that anybody sees, and gets none. */
async function loseIt(context: Context, link: PageLink | null, name: string): Promise<Outcome> {
  const { event, client, read, write, link: remember } = context;
  if (link === null) return skipped(said.lostWithout);
  const page = await read('seen', () => client(notion).page(link.page));
  if (page === null || page.inTrash) return skipped(said.lostAlready);
  await write('trash', {
    send: async () => void (await client(notion).changePage(link.page, { in_trash: true })),
  });
  await remember(event.recordId ?? '', writtenLink({ ...link, trashed: true }));
  return { state: 'done', summary: said.trashed(name) };
}

/** Null: the record has a page, or is to have one. What does not fit keeps the page that it has. */
async function leftOut(context: Context, record: CrmRecord, link: PageLink | null): Promise<Outcome | null> {
  const { settings, filter } = context;
  const stage = String(record.Stage ?? '-');
  if (settings.begin === 'stage' && ofDeals(settings) && link === null && stage !== settings.stage)
    return skipped(said.notYet(stage));
  if (filter === null) return null;
  if (filter.takes === 'once' && (await filter.recall()) === 'taken') return skipped(said.once);
  const { fits, why } = filter.judge({ values: record, currency: recordCurrency(record) });
  filter.remember(fits);
  return fits ? null : skipped(leftOutText(why, true));
}

async function bringUpToDate(
  context: Context,
  record: CrmRecord,
  name: string,
  link: PageLink | null,
): Promise<Outcome> {
  const { settings, organisation, client, read, write, link: remember, about } = context;
  const { module, dataSource: source, properties: mapped } = settings;
  const pages = client(notion);
  const schema = await read('schema', () => pages.dataSource(source));
  const known = link === null ? null : await read('seen', () => pages.page(link.page));
  const stands = known !== null && known.source === source && (!known.inTrash || link?.trashed === true);
  if (link !== null && !stands && settings.whenGone === 'leave') return skipped(said.deleted);
  const key = await keyProperty(context, schema);
  const types = await read('fields', async () =>
    Object.fromEntries((await client(zohoCrm).fields(module)).map(({ apiName, type }) => [apiName, type])),
  );
  const ofId = { property: key.name, type: 'rich_text' } as const;
  const address = client(zohoCrm).recordAddress(module, record.id);
  const filling = { record, name, address, types, mapped, idProperty: key.name, writing: organisation };
  const filled = await read('values', () => fillPage(pages, schema, filling));
  const keepLink = async (page: string) => {
    await remember(record.id, writtenLink({ page, source, trashed: false }));
    await about({ object: 'notion.pages', id: page });
  };

  const own = stands
    ? known
    : ((await read('found', () => pages.pagesWith(source, ofId, record.id)))[0] ?? null);
  if (own !== null) {
    await update(context, own, filled);
    await keepLink(own.id);
    return kept(own.inTrash ? said.restored(name) : said.updated(name), filled.left);
  }
  const lots = bodyLots(settings.body, record, { types, writing: organisation });
  const [first = []] = lots;
  const { id: page } = await write('page', {
    // Only what an earlier attempt made can be there by now.
    find: async () => (await pages.pagesWith(source, ofId, record.id))[0] ?? null,
    send: () => pages.createPage(source, filled.properties, first),
  });
  await keepLink(page);
  await writeRest(context, page, lots);
  return kept(said.made(name), filled.left);
}

/** Sets what is mapped; everything else on the page is its people's. */
async function update({ client, write }: Context, page: NotionPage, { properties }: Filled): Promise<void> {
  const pages = client(notion);
  // Notion edits nothing that is in the trash.
  if (page.inTrash)
    await write('restore', { send: async () => void (await pages.changePage(page.id, { in_trash: false })) });
  await write('change', { send: async () => void (await pages.changePage(page.id, { properties })) });
}

/** The lots after the first: each is there once the page has more blocks than those before it. */
async function writeRest(
  { client, forItem }: Context,
  page: string,
  lots: ReturnType<typeof bodyLots>,
): Promise<void> {
  let before = lots[0]?.length ?? 0;
  for (const [index, lot] of lots.entries()) {
    if (index === 0) continue;
    const from = before;
    await forItem(String(index)).write('body', {
      find: async () => ((await client(notion).blockCount(page, from + 1)) > from ? true : null),
      async send() {
        await client(notion).appendBlocks(page, lot);
        return true;
      },
    });
    before += lot.length;
  }
}
