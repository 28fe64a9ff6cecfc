import { parseAddress } from '../address.ts';
import { filterOf, isFiltered, type LogChoice, readChoice, writeChoice } from './log-filter.ts';

const NOW = Date.parse('2026-11-20T09:30:00Z');
const read = (hash: string) => readChoice(parseAddress(hash).search);
const filter = (hash: string) => filterOf(read(hash), 'Europe/Paris', NOW);

describe('the filters of the log', () => {
  it('go through the address unchanged', () => {
    const choice: LogChoice = {
      integration: 'deal-won-to-slack',
      record: 'Pélissier & fils',
      state: 'shelved',
      period: 'custom',
      from: '2026-11-01T00:00',
      to: '2026-11-20T10:00',
    };
    expect(read(`#/log?${new URLSearchParams(writeChoice(choice))}`)).toEqual(choice);
  });

  it('ignore what an address cannot mean', () => {
    const choice = read('#/log?state=exploded&period=never&flow=');
    expect(choice).toEqual({ integration: '', record: '', state: '', period: 'any', from: '', to: '' });
    expect(isFiltered(choice)).toBe(false);
    expect(filter('#/log?period=custom&from=whenever')).toEqual({});
  });

  it('become what the server is asked, in the organisation’s time zone', () => {
    expect(filter('#/log?record=%20Refonte%20&state=done')).toEqual({ record: 'Refonte', state: 'done' });
    expect(filter('#/log?period=hour')).toEqual({ from: '2026-11-20T08:30:00.000Z' });
    expect(filter('#/log?period=today')).toEqual({ from: '2026-11-19T23:00:00.000Z' });
    expect(filter('#/log?period=week')).toEqual({ from: '2026-11-13T09:30:00.000Z' });
    expect(filter('#/log?period=custom&from=2026-11-01T00:00&to=2026-11-02T00:00')).toEqual({
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-01T23:00:00.000Z',
    });
  });
});
