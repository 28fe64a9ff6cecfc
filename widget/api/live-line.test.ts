import type { RunSummary } from '../../server/api/contract.ts';
import { exampleRun, runIdOf } from '../../test/browser/memory-api/example-runs.ts';
import { readBlocks } from './event-stream.ts';
import { keepLine, type LineState } from './live-line.ts';

const encoder = new TextEncoder();

function streamOf(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
}

describe('an event stream', () => {
  it('is read block by block, however it was cut on its way', async () => {
    const bytes = encoder.encode(
      'retry: 1\n: hi\n\nid: 1\nevent: run\ndata: {"a":\ndata: "é"}\n\r\ndata:x\r\n\r\nrest',
    );
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const blocks = [];
    for await (const block of readBlocks(streamOf(...chunks))) blocks.push(block);
    expect(blocks).toEqual([
      { id: null, name: null, data: '' },
      { id: '1', name: 'run', data: '{"a":\n"é"}' },
      { id: null, name: null, data: 'x' },
    ]);
  });
});

describe('the live line', () => {
  const event = (id: string, run: RunSummary) => `id: ${id}\nevent: run\ndata: ${JSON.stringify(run)}\n\n`;
  const madeAt = Date.parse('2026-11-20T09:00:00Z');

  it('says when it is lost, comes back, resumes where it was, and hands over a burst in one go', async () => {
    const asked: (string | null)[] = [];
    const states: LineState[] = [];
    const streams = [
      streamOf(
        ': welcome\n\n',
        event('e-1', exampleRun(1, 'running', madeAt)),
        event('e-2', exampleRun(3, 'running', madeAt)),
        event('e-3', exampleRun(1, 'done', madeAt)),
      ),
      streamOf(': welcome\n\n', 'id: f-0\nevent: reset\ndata: {}\n\n'),
    ];
    const handed: (readonly RunSummary[])[] = [];
    await new Promise<void>((resolve) => {
      const stop = keepLine(
        async (lastId) => {
          asked.push(lastId);
          const next = streams.shift();
          if (!next) throw new Error('no answer');
          return next;
        },
        {
          runs: (changed) => handed.push(changed),
          state: (state) => states.push(state),
          reset() {
            stop();
            resolve();
          },
        },
      );
    });
    expect(asked).toEqual([null, 'e-3']);
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      'connecting',
      'live',
      'lost',
      'live',
    ]);
    expect(handed.map((burst) => burst.map(({ id, state }) => [id, state]))).toEqual([
      [
        [runIdOf(3), 'running'],
        [runIdOf(1), 'done'],
      ],
    ]);
  });
});
