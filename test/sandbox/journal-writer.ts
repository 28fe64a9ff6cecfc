/** Puts rows into a journal for ever and names each one on stdout once `put` has returned. */
import { openTables } from '../../sandbox/core/tables.ts';

const table = openTables(process.argv[2] ?? '').table<{ n: number }>('shop', 'rows');
for (let n = 0; ; n += 1) {
  table.put(String(n), { n });
  process.stdout.write(`${n}\n`);
  if (n % 50 === 0) await new Promise(setImmediate);
}
