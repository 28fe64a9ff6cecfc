import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a comment says that marks a place of a skeleton which somebody has to fill in. */
const MARK = /\bTo fill in: (.+?)(?:\s*\*\/)?\s*$/;

/**
 * The places of a folder that wait for somebody, each as `file:line: what is to be filled in`. A comment goes when
 * its place is filled in.
 */
export function toFillIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const wanted = MARK.exec(line)?.[1];
          return wanted === undefined ? [] : [`${name}:${index + 1}: ${wanted}`];
        }),
    );
}
