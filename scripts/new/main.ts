import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS } from './kinds.ts';
import { lay } from './lay.ts';
import { Refused } from './refused.ts';

const USAGE = `Usage: npm run new -- ${Object.keys(KINDS).join('|')} <id>, with an id such as zoho-cliq.`;

/** `new <kind> <id>`; `--into` names another folder than the project's, such as a copy of it. */
function read(argv: readonly string[]): { kind: string; id: string; root: string } {
  const options = { into: { type: 'string' } } as const;
  const refuse = () => new Refused(USAGE);
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const [kind, id, ...more] = positionals;
    if (kind === undefined || id === undefined || more.length > 0) throw refuse();
    return { kind, id, root: resolve(values.into ?? join(import.meta.dirname, '..', '..')) };
  } catch {
    throw refuse();
  }
}

try {
  const { kind, id, root } = read(process.argv.slice(2));
  const laid = lay(root, kind, id);
  const test = laid.find(({ path }) => path.endsWith('.test.ts'))?.path ?? '';
  process.stdout.write(
    `${laid.map(({ path }) => path).join('\n')}\n\nWhat is to be filled in: npm run jest -- ${test}\n${KINDS[kind]?.next ?? ''}\n`,
  );
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
