import { lastComplaint } from './initialise.ts';
import { parsePostmasterFile } from './postmaster-file.ts';

const LINES = ['4242', '/data/cluster', '1700000000', '5433', '', '127.0.0.1', '  1234567   3', 'ready   '];

describe('the postmaster’s note', () => {
  it('tells pid, port and status', () => {
    expect(parsePostmasterFile(LINES.join('\n'))).toEqual({ pid: 4242, port: 5433, status: 'ready' });
    expect(parsePostmasterFile([...LINES.slice(0, 7), 'stopping'].join('\n'))?.status).toBe('stopping');
  });

  it('is understood while it is being written', () => {
    expect(parsePostmasterFile(LINES.slice(0, 3).join('\n'))).toEqual({
      pid: 4242,
      port: 0,
      status: 'starting',
    });
    expect(parsePostmasterFile('')).toBeUndefined();
    expect(parsePostmasterFile('nonsense')).toBeUndefined();
  });
});

describe('the complaint in an output', () => {
  it('is the last error, without its time and process', () => {
    const output = [
      '2026-01-01 10:00:00.000 UTC [7] LOG:  starting',
      '2026-01-01 10:00:00.001 UTC [7] FATAL:  could not open file "x": Permission denied',
      '2026-01-01 10:00:00.002 UTC [7] LOG:  database system is shut down',
    ].join('\n');
    expect(lastComplaint(output)).toBe('could not open file "x": Permission denied.');
    expect(lastComplaint('just this\n')).toBe('just this.');
    expect(lastComplaint('')).toBe('it said nothing.');
  });
});
