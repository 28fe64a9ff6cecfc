import type { TryAnswer, TryQuery, TryRecords, TryWish } from '../../../server/api/contract.ts';
import type { TryServices } from '../../../server/api/integrations/try-services.ts';

/** Tries whose answers the test gives. */
export class MemoryTries implements TryServices {
  /** What is offered to try it on. */
  records: TryRecords = { records: [], standing: null, problem: null };
  /** What a try comes to; null: there is no such integration. */
  answer: TryAnswer | null = null;
  /** Until it is over, nothing is answered. */
  held: Promise<unknown> = Promise.resolve();
  /** What was asked for, in order. */
  readonly wishes: TryWish[] = [];

  async listTryRecords(_organisationId: string, _id: string, { search }: TryQuery): Promise<TryRecords> {
    const records = this.records.records?.filter(({ title }) =>
      title.toLowerCase().includes((search ?? '').toLowerCase()),
    );
    return { ...this.records, records: records ?? null };
  }

  async tryIntegration(_organisationId: string, _id: string, wish: TryWish): Promise<TryAnswer | null> {
    this.wishes.push(wish);
    await this.held;
    return this.answer;
  }
}
