/// <reference types="office-js" />

/** Outlook could not answer, or somebody opened another mail meanwhile. */
export class OutlookFailed extends Error {
  override readonly name = 'OutlookFailed';
  /** Of Office's own list; null: another mail is open now. */
  readonly code: number | null;

  constructor(code: number | null, message: string) {
    super(message);
    this.code = code;
  }
}

type Callback<T> = (answer: Office.AsyncResult<T>) => void;

/** A call of Office's as a promise. @throws OutlookFailed with Office's own code. */
export function ask<T>(call: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const done: Callback<T> = (answer) => {
      if (answer.status === Office.AsyncResultStatus.Failed)
        reject(new OutlookFailed(answer.error?.code ?? 0, answer.error?.message ?? ''));
      else resolve(answer.value);
    };
    try {
      call(done);
    } catch (error) {
      // What this Outlook does not know throws at once.
      reject(new OutlookFailed(0, error instanceof Error ? error.message : String(error)));
    }
  });
}
