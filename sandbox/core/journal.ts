import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** One change: a row put under a table and id, or, without a row, deleted. */
export type JournalLine = readonly [table: string, id: string, row?: object];

/**
 * An append-only file of JSON lines. A line is handed to the operating system before `append` returns,
 * so killing the process at any moment loses nothing that was answered.
 */
export interface Journal {
  append(line: JournalLine): void;
  /** Many lines in few writes: all of them, or none when one fails. A crash in between may leave the first of them only. */
  appendAll(lines: Iterable<JournalLine>): void;
  /** Replaces the whole file by these lines, or leaves the old one whole and says so. */
  compact(lines: Iterable<JournalLine>): void;
  close(): void;
}

const WRITTEN_AT_ONCE = 1_000_000;

/** Says what was found or could not be done, to whoever reads the log. */
export type Tell = (sentence: string) => void;

const onStderr: Tell = (sentence) => void process.stderr.write(`${sentence}\n`);

/**
 * Opens the journal of a folder and replays what it holds. A last line cut short by a crash is cut off, one in
 * the middle is passed over; both are told, and every whole line is kept.
 */
export function openJournal(
  folder: string,
  replay: (line: JournalLine) => void,
  tell: Tell = onStderr,
): Journal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'journal.ndjson');
  if (existsSync(file)) replayFile(file, replay, tell);
  let handle = openSync(file, 'a');
  let size = fstatSync(handle).size;
  /** A piece of a line is left at the end, and could not be taken back. */
  let torn = false;

  /** Either all of it is in the file, or nothing is. */
  function write(texts: Iterable<string>): void {
    const before = size;
    try {
      if (torn) size += writeAll(handle, '\n');
      torn = false;
      for (const text of texts) size += writeAll(handle, text);
    } catch (error) {
      size = before;
      try {
        ftruncateSync(handle, before);
      } catch {
        // Ended before the next line, so that it costs no more than itself.
        torn = true;
      }
      throw error;
    }
  }

  return {
    append: (line) => write([`${JSON.stringify(line)}\n`]),
    appendAll: (lines) => write(inPieces(lines)),
    compact(lines) {
      const next = `${file}.next`;
      try {
        const nextHandle = openSync(next, 'w');
        try {
          for (const text of inPieces(lines)) writeAll(nextHandle, text);
        } finally {
          closeSync(nextHandle);
        }
        renameSync(next, file);
      } catch (error) {
        rmSync(next, { force: true });
        tell(
          `The sandbox's journal could not be made shorter (${String(error)}); it goes on with ${file} as it is.`,
        );
        return;
      }
      closeSync(handle);
      handle = openSync(file, 'a');
      size = fstatSync(handle).size;
    },
    close: () => closeSync(handle),
  };
}

function* inPieces(lines: Iterable<JournalLine>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < WRITTEN_AT_ONCE) continue;
    yield text;
    text = '';
  }
  yield text;
}

function replayFile(file: string, replay: (line: JournalLine) => void, tell: Tell): void {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) {
    truncateSync(file, end);
    tell(
      `The last line of the sandbox's journal ${file} was cut short and was left out; all before it is kept.`,
    );
  }
  const tables = new Set<string>();
  let passedOver = 0;
  let saved = 0;
  for (const text of bytes.toString('utf8', 0, end).split('\n')) {
    if (text === '') continue;
    let line = readLine(text);
    if (line === null) {
      line = wholeTail(text, tables);
      if (line === null) passedOver += 1;
      else saved += 1;
    }
    if (line === null) continue;
    tables.add(line[0]);
    replay(line);
  }
  if (passedOver + saved > 0)
    tell(
      `${passedOver + saved} lines of the sandbox's journal ${file} were torn, as a full disk leaves them: what was whole in ${saved} of them is kept, ${passedOver} are left out.`,
    );
}

function readLine(text: string): JournalLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const [table, id, row] = value as readonly unknown[];
  const isRow = row === undefined || (typeof row === 'object' && row !== null);
  return typeof table === 'string' && typeof id === 'string' && isRow
    ? (value as unknown as JournalLine)
    : null;
}

/** The whole line that follows a piece of one on the same line. Only of a table that is known: a row may hold lists too. */
function wholeTail(text: string, tables: ReadonlySet<string>): JournalLine | null {
  for (let at = text.indexOf('["', 1); at !== -1; at = text.indexOf('["', at + 1)) {
    const line = readLine(text.slice(at));
    if (line !== null && tables.has(line[0])) return line;
  }
  return null;
}

/** @returns how many bytes were written: all of them. */
function writeAll(handle: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
  return bytes.length;
}
