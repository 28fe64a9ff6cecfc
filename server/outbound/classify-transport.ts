import { LiaisonError } from '../core/errors.ts';
import { failureSentence } from '../core/failure-sentences.ts';
import { isReadingMethod } from '../core/http-failure.ts';
import type { TransportFailure, TransportReason } from './transport.ts';

const WORDS: Readonly<Record<TransportReason, string>> = {
  forbidden: 'The address is not one that Liaison may reach.',
  unreachable: 'No connection could be made.',
  cut: 'The connection was cut before the answer was complete.',
  timeout: 'No complete answer came in time.',
  stopped: 'The request was stopped before the answer was complete.',
  'too-large': 'The answer was larger than Liaison accepts.',
};

/** What a request without an answer means: try again, and for a write that was under way, look first. */
export function classifyTransport(failure: TransportFailure, method: string, vendor: string): LiaisonError {
  const kind = failure.reason === 'forbidden' ? 'rejected' : 'retry-later';
  return new LiaisonError(kind, {
    sentence: failureSentence('retry-later', vendor),
    vendorMessage: WORDS[failure.reason],
    mayHaveHappened: failure.sent && !isReadingMethod(method),
    cause: failure,
  });
}
