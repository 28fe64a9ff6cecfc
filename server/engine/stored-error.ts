import type { LiaisonError } from '../core/errors.ts';
import type { StoredError } from '../store/runs.ts';

/** What the log keeps of a failure: the sentence, the vendor's own words cut short, never the cause. */
export function storedError(error: LiaisonError): StoredError {
  const { sentence, vendorMessage, field, waitsFor, mayHaveHappened } = error.details;
  return {
    kind: error.kind,
    sentence,
    ...(vendorMessage === undefined ? {} : { vendorMessage: vendorMessage.slice(0, 2_000) }),
    ...(field === undefined ? {} : { field }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(mayHaveHappened === true ? { mayHaveHappened } : {}),
  };
}
