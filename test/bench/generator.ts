import { connect, type Socket } from 'node:net';

/**
 * A load generator that costs as little as it can: it shares the machine with what it measures, so each
 * cycle it takes is one that the server does not have. Requests are made beforehand and sent as they are, one
 * after the other on each connection; of an answer only its end and its status are read.
 */
export interface Answers {
  readonly succeeded: number;
  readonly failed: number;
  /** Milliseconds of each answer, in no order. */
  readonly times: Float64Array;
  readonly seconds: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: (\d+)/i;

/** Length of the answer at the start of `bytes`, or null while its head is not whole. */
function lengthOf(bytes: Buffer): number | null {
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return null;
  const length = LENGTH.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('the answer does not announce its length');
  return end + HEAD_END.length + Number(length);
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

/** Sends whole requests for so many seconds over so many connections. `next` gives the bytes of each. */
export async function generate(
  port: number,
  { connections, seconds, next }: { connections: number; seconds: number; next: () => Buffer },
): Promise<Answers> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const times: number[] = [];
  let succeeded = 0;
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let sentAt = 0;
          let held: Buffer | null = null;
          const send = (): void => {
            sentAt = performance.now();
            if (sentAt < end) socket.write(next());
            else socket.end(resolve);
          };
          socket.on('error', reject);
          socket.on('data', (part: Buffer) => {
            const bytes: Buffer = held === null ? part : Buffer.concat([held, part]);
            const length = lengthOf(bytes);
            held = length === null || bytes.length < length ? bytes : null;
            if (held !== null) return;
            times.push(performance.now() - sentAt);
            // `HTTP/1.1 2..`
            if (bytes[9] === 0x32) succeeded += 1;
            send();
          });
          send();
        }),
    ),
  );
  return {
    succeeded,
    failed: times.length - succeeded,
    times: Float64Array.from(times),
    seconds: (performance.now() - begun) / 1_000,
  };
}
