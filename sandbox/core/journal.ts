import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** One change: a row put under a table and id, or, without a row, deleted. */
export type JournalLine = readonly [table: string, id: string, row?: object];

/**
 * An append-only file of JSON lines. A line is handed to the operating system before `append` returns,
 * so killing the process at any moment loses nothing that was answered.
 */
export interface Journal {
  append(line: JournalLine): void;
  /** Many lines in few writes. A crash in between may leave the first of them only. */
  appendAll(lines: Iterable<JournalLine>): void;
  /** Replaces the whole file by these lines, or leaves the old one whole. */
  compact(lines: Iterable<JournalLine>): void;
  close(): void;
}

const WRITTEN_AT_ONCE = 1_000_000;

/** Opens the journal of a folder and replays what it holds. A last line cut short by a crash is dropped. */
export function openJournal(folder: string, replay: (line: JournalLine) => void): Journal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'journal.ndjson');
  if (existsSync(file)) replayFile(file, replay);
  let handle = openSync(file, 'a');

  return {
    append: (line) => writeAll(handle, `${JSON.stringify(line)}\n`),
    appendAll(lines) {
      let text = '';
      for (const line of lines) {
        text += `${JSON.stringify(line)}\n`;
        if (text.length < WRITTEN_AT_ONCE) continue;
        writeAll(handle, text);
        text = '';
      }
      writeAll(handle, text);
    },
    compact(lines) {
      const next = `${file}.next`;
      const nextHandle = openSync(next, 'w');
      for (const line of lines) writeAll(nextHandle, `${JSON.stringify(line)}\n`);
      closeSync(nextHandle);
      renameSync(next, file);
      closeSync(handle);
      handle = openSync(file, 'a');
    },
    close: () => closeSync(handle),
  };
}

function replayFile(file: string, replay: (line: JournalLine) => void): void {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(file, end);
  for (const text of bytes.toString('utf8', 0, end).split('\n')) {
    if (text !== '') replay(JSON.parse(text) as JournalLine);
  }
}

function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}
