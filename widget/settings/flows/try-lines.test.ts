import type { TryAnswer } from '../../../server/api/contract.ts';
import { linesOf } from './try-lines.ts';

type Step = TryAnswer['steps'][number];

const line = (step: string, state: Step['state'], more: Partial<Step> = {}): Step =>
  ({ ...{ step, item: null, state, fields: [], titles: { en: step, fr: step } }, ...more }) as Step;
const FIELD = [{ name: 'id', titles: { en: 'Id', fr: 'Id' }, value: '1', filledIn: false }] as Step['fields'];

const shown = (steps: Step[]): string[] =>
  linesOf(steps).map(({ step, state, fields }) => `${step} ${state} ${fields.length}`);

it('a step that asks several times is one line, with what was read', () => {
  expect(
    shown([line('table', 'read'), line('table', 'read'), line('table', 'read', { fields: FIELD })]),
  ).toEqual(['table read 1']);
  expect(shown([line('table', 'read'), line('table', 'failed')])).toEqual(['table failed 0']);
});

it('what leads to a write is told with the write, and each write by itself', () => {
  expect(shown([line('send', 'read'), line('send', 'would-write'), line('send', 'would-write')])).toEqual([
    'send would-write 0',
    'send would-write 0',
  ]);
});

it('steps of one name that are done for several things, or with another between them, stay apart', () => {
  const steps = [
    line('file', 'read', { item: '1' }),
    line('file', 'read', { item: '2' }),
    line('columns', 'read'),
    line('table', 'read'),
    line('columns', 'read'),
  ];
  expect(linesOf(steps)).toEqual(steps);
});
