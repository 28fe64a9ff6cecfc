/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DEADLOCK_DETECTED = '40P01';
const ATTEMPTS = 5;

/**
 * Does a transaction that touches many records of others anew, when the database ended it because each waited for the
 * other. @throws what it threw, when it was something else, and the last time.
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (thrown) {
      const isDeadlock = (thrown as { code?: unknown }).code === DEADLOCK_DETECTED;
      if (!isDeadlock || attempt === ATTEMPTS) throw thrown;
    }
  }
}
