import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import {
  MOST_OFFERED,
  type Played,
  type TrialEvent,
  type TrialRecord,
  type TrialSource,
  type TrialWarning,
} from '../../core/trial.ts';
import { conditionOf, fittingRecords } from './fitting-records.ts';
import { currencyOf } from './message.ts';
import { type Announcement, topicsOf } from './occasion.ts';
import { blankWarnings, LATEST, signWarnings } from './preview-message.ts';
import { nameOf, subjectOf } from './subject.ts';

type Source = TrialSource<Announcement>;

/** The fields that the module has of those that a record may be known by. */
async function nameFields({ client, settings: { module } }: Source): Promise<string[]> {
  const known = new Set((await client(zohoCrm).fields(module)).map(({ apiName }) => apiName));
  return subjectOf(module).names.filter((name) => known.has(name));
}

/** The latest that would be announced; where one is looked for, those too that the filter leaves out. */
async function records(source: Source, search: string | null): Promise<TrialRecord[]> {
  const { module, when, stage } = source.settings;
  const crm = source.client(zohoCrm);
  const names = await nameFields(source);
  const latest = LATEST[when];
  const [first] = names;
  const filter = search === null ? source.filter : null;
  const where = filter === null ? null : await conditionOf(crm, module, filter);
  const subject = subjectOf(module);
  if (filter !== null && where === null) {
    const wish = {
      ...{ module, latest, most: MOST_OFFERED },
      columns: ['id', ...names, latest],
      stage: when === 'reached' ? stage : null,
    };
    return (await fittingRecords(crm, wish, filter)).map(asRecord);
  }
  const conditions = [
    when === 'reached' ? `Stage = ${coqlText(stage)}` : 'id is not null',
    ...(search === null || first === undefined ? [] : [`${first} like ${coqlText(`%${search}%`)}`]),
    ...(where === null ? [] : [where]),
  ];
  // More than two criteria stand in brackets.
  const all = where === null ? conditions.join(' and ') : `(${conditions.join(' and ')})`;
  const columns = ['id', ...names, latest].join(', ');
  const { rows } = await crm.query(
    `select ${columns} from ${module} where ${all} order by ${latest} desc limit ${MOST_OFFERED}`,
  );
  return rows.map(asRecord);

  function asRecord(row: CrmRecord): TrialRecord {
    const at = Date.parse(String(row[latest] ?? ''));
    return {
      id: row.id,
      title: nameOf(subject, row, row.id),
      ...(Number.isNaN(at) ? {} : { at: new Date(at).toISOString() }),
    };
  }
}

/** The run reads the record itself: that there is none is its to say. */
async function event({ settings }: Source, record: string): Promise<TrialEvent | null> {
  if (!/^\d{1,30}$/.test(record)) return null;
  const [topic = ''] = topicsOf(settings);
  return { topic, recordId: record, body: {} };
}

async function warnings(
  { source, output }: Pick<Played<Announcement>, 'source' | 'output'>,
  reading: string,
): Promise<TrialWarning[]> {
  const { client, settings, organisation } = source;
  const record = output(reading) as CrmRecord | null | undefined;
  if (!record) return [];
  const fields = await client(zohoCrm).fields(settings.module);
  const money = fields.filter(({ type }) => type === 'currency').map(({ apiName }) => apiName);
  const currencies = fields.find(({ apiName }) => apiName === 'Currency')?.choices ?? [];
  const own = currencyOf(record) ?? organisation.currency;
  return [
    ...signWarnings(settings.template, new Set(money), [...currencies, own]),
    ...blankWarnings(settings.template, settings.module, record),
  ].map((sentence) => ({ step: 'message', sentence }));
}

/** How an announcement is tried. */
export const announcementTrial = { records, event, warnings };
