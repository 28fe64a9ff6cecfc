import { type BodyPart, bodyBlocks, inLots, type NotionBlock } from '../../connectors/notion/blocks.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import type { Writing } from '../../core/format.ts';
import { messageParts } from '../announce/message.ts';
import type { FieldTypes } from './crm-values.ts';

/** The template filled from the record, in lots of blocks. @returns at least one lot, which may be empty. */
export function bodyLots(
  template: string,
  record: CrmRecord,
  { types, writing }: { readonly types: FieldTypes; readonly writing: Writing },
): NotionBlock[][] {
  if (template.trim() === '') return [[]];
  const money = new Set(Object.keys(types).filter((field) => types[field] === 'currency'));
  const parts = messageParts(template, record, writing, money).map(
    (part): BodyPart => ('markup' in part ? part : { value: String(part.value) }),
  );
  const lots = inLots(bodyBlocks(parts));
  return lots.length === 0 ? [[]] : lots;
}
