import { z } from 'zod';
import type { Cell, Manner, NumberFormat } from '../../core/cells/cell.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { VENDOR } from './failures.ts';

/** A tab of a spreadsheet. Its title and its place change; its `gid` does not. */
export interface Tab {
  readonly gid: number;
  readonly title: string;
  /** From 0, hidden tabs and charts counted. */
  readonly index: number;
}

/** How far a tab reaches, empty rows and columns counted. */
export interface TabSize {
  readonly rowCount: number;
  readonly columnCount: number;
}

export interface Tabs extends Manner {
  /** The spreadsheet's own name. */
  readonly title: string;
  readonly tabs: readonly (Tab & TabSize)[];
}

/** Some rows of a tab. */
export interface SheetPart extends Manner {
  /** The first row, as far as it was asked for. */
  readonly header: readonly Cell[];
  /** From the first that was asked for; those at the end that hold nothing may be missing. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface SheetGrid extends Manner {
  readonly tab: Tab;
  /** Row by row; those at the end that hold nothing may be missing, as may cells at the end of a row. */
  readonly rows: readonly (readonly Cell[])[];
}

const PROPERTIES = 'properties(title,locale,timeZone)';
const SHEET = 'properties(sheetId,title,index,sheetType)';
const SIZED = 'properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount))';

/** https://developers.google.com/workspace/sheets/api/guides/field-masks */
export const TAB_FIELDS = `${PROPERTIES},sheets.${SIZED}`;
/** A mask that names grid data asks for it. */
export const GRID_FIELDS = `${PROPERTIES},sheets(${SHEET},data.rowData.values(effectiveValue,formattedValue,effectiveFormat.numberFormat.type))`;

const FORMATS: Readonly<Record<string, NumberFormat>> = {
  TEXT: 'text',
  NUMBER: 'number',
  PERCENT: 'percent',
  CURRENCY: 'currency',
  DATE: 'date',
  TIME: 'time',
  DATE_TIME: 'date-time',
  SCIENTIFIC: 'scientific',
};

const cellSchema = z.object({
  effectiveValue: z
    .object({
      numberValue: z.number().optional(),
      stringValue: z.string().optional(),
      boolValue: z.boolean().optional(),
      errorValue: z.object({}).optional(),
    })
    .optional(),
  formattedValue: z.string().default(''),
  effectiveFormat: z.object({ numberFormat: z.object({ type: z.string() }).optional() }).optional(),
});

const sheetSchema = z.object({
  properties: z.object({
    sheetId: z.number().default(0),
    title: z.string(),
    index: z.number().default(0),
    sheetType: z.string().default('GRID'),
    gridProperties: z
      .object({ rowCount: z.number().default(0), columnCount: z.number().default(0) })
      .prefault({}),
  }),
  data: z
    .array(z.object({ rowData: z.array(z.object({ values: z.array(cellSchema).default([]) })).default([]) }))
    .default([]),
});

const bookSchema = z.object({
  properties: z
    .object({
      title: z.string().default(''),
      locale: z.string().default('en_US'),
      timeZone: z.string().default('Etc/GMT'),
    })
    .prefault({}),
  sheets: z.array(sheetSchema).default([]),
});

type Sheet = z.output<typeof sheetSchema>;

const tabOf = ({ properties: { sheetId, title, index } }: Sheet): Tab => ({ gid: sheetId, title, index });

export function tabsOf(answer: unknown): Tabs {
  const { properties, sheets } = readAnswer(bookSchema, answer, VENDOR);
  const grids = sheets.filter((sheet) => sheet.properties.sheetType === 'GRID');
  return {
    ...properties,
    tabs: grids.map((sheet) => ({ ...tabOf(sheet), ...sheet.properties.gridProperties })),
  };
}

export function gridOf(answer: unknown): SheetGrid {
  const { properties, sheets } = readAnswer(bookSchema, answer, VENDOR);
  // One range was asked for, and so one sheet.
  const [sheet] = readAnswer(z.array(sheetSchema).min(1), sheets, VENDOR);
  const rows = sheet?.data[0]?.rowData ?? [];
  const { locale, timeZone } = properties;
  return {
    locale,
    timeZone,
    tab: tabOf(sheet as Sheet),
    rows: rows.map(({ values }) => values.map(cellOf)),
  };
}

/** The answer to two ranges: the first row, and the rows that are meant. */
export function partOf(answer: unknown): SheetPart {
  const { properties, sheets } = readAnswer(bookSchema, answer, VENDOR);
  const [sheet] = readAnswer(z.array(sheetSchema).min(1), sheets, VENDOR);
  const [first, rest] = (sheet?.data ?? []).map(({ rowData }) =>
    rowData.map(({ values }) => values.map(cellOf)),
  );
  const { locale, timeZone } = properties;
  return { locale, timeZone, header: first?.[0] ?? [], rows: rest ?? [] };
}

function cellOf({ effectiveValue, formattedValue, effectiveFormat }: z.output<typeof cellSchema>): Cell {
  const { numberValue, stringValue, boolValue, errorValue } = effectiveValue ?? {};
  const format = FORMATS[effectiveFormat?.numberFormat?.type ?? ''];
  return {
    value: numberValue ?? boolValue ?? stringValue ?? null,
    shown: formattedValue,
    ...(format === undefined ? {} : { format }),
    ...(errorValue === undefined ? {} : { failed: true }),
  };
}
