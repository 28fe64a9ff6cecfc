import pg from 'pg';

/** Errors that came out of the database's door, whatever has wrapped them since. */
const ofDatabase = new WeakSet<object>();

/** Marks an error as the database's own, and hands it on. */
export function noteDatabaseFailure<E>(error: E): E {
  if (typeof error === 'object' && error !== null) ofDatabase.add(error);
  return error;
}

/**
 * SQLSTATE classes of a statement that PostgreSQL will refuse again whenever it is asked: cardinality, data,
 * constraints, a statement that is wrong, a row beyond its limits
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const ABOUT_THE_STATEMENT = /^(21|22|23|42|54)/;
/** In class 42, but given and taken away by whoever administers the database. */
const RIGHTS = '42501';

const WRAPPERS = ['cause', 'original', 'detail', 'exception', 'error'] as const;

/** The database's own failure inside whatever was thrown; undefined when it has nothing to do with it. */
export function databaseFailure(thrown: unknown): Error | undefined {
  let current = thrown;
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth += 1) {
    if (ofDatabase.has(current)) return current as Error;
    const holder = current as Record<string, unknown>;
    current = WRAPPERS.map((key) => holder[key]).find((inner) => typeof inner === 'object' && inner !== null);
  }
  return undefined;
}

/**
 * The database did not do it, and will when it is well again: it is gone, frozen, full, read-only, or told to
 * refuse. Undefined for what it would refuse for ever, and for what is no failure of the database's.
 */
export function passingFailure(thrown: unknown): Error | undefined {
  const failure = databaseFailure(thrown);
  if (failure === undefined) return undefined;
  const { code } = failure as { code?: string };
  const isForGood =
    failure instanceof pg.DatabaseError &&
    code !== undefined &&
    code !== RIGHTS &&
    ABOUT_THE_STATEMENT.test(code);
  return isForGood ? undefined : failure;
}
