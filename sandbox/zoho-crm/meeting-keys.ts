type Values = Readonly<Record<string, unknown>>;

/**
 * What a meeting has under names that begin with a sign: they are no fields, and are given with every record.
 * The names are seen in published answers of the API; that occurrences of a series share `$u_id` is taken from
 * what the names mean in iCalendar.
 */
export function meetingKeys(record: Values): Values {
  return { $u_id: record.$u_id ?? null, $recurrence_id: record.$recurrence_id ?? null };
}
