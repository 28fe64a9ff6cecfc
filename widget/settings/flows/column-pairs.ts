/** One column of a table, by its header, and the field that it fills. */
export interface ColumnPair {
  readonly header: string;
  readonly field: string;
  /** The vendor's id of the column, where one is known: it stays when the column gets another name. */
  readonly id?: string;
}

/** A stored setting as pairs; what is no pair is left out. */
export function columnPairs(value: unknown): ColumnPair[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: Partial<ColumnPair> | null) =>
    typeof one?.header === 'string' && typeof one.field === 'string'
      ? [
          {
            header: one.header,
            field: one.field,
            ...(typeof one.id === 'string' ? { id: one.id } : {}),
          },
        ]
      : [],
  );
}
