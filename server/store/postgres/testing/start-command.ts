import { tmpdir } from 'node:os';
import { StartFailure } from '../start-failure.ts';
import { startPostgres } from '../start-postgres.ts';

/**
 * A Liaison that does nothing but hold its PostgreSQL: prints one JSON line about its start, and stops
 * when its input ends. Arguments: the data folder.
 */
const [, , dataFolder = ''] = process.argv;
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const log = { info() {}, warn() {}, error() {} };
const self = { pid: process.pid, url: 'http://127.0.0.1:3000' };
try {
  const running = await startPostgres({ dataFolder, log, self, temporaryFolder: tmpdir(), patience: 400 });
  say(running);
  process.stdin.on('end', () => void running.stop().then(() => say({ stopped: true })));
  process.stdin.resume();
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  say({ failure: error.sentence });
}
