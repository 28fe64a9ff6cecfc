import type { z } from 'zod';
import type { Fault } from './fault.ts';
import type { VendorDesk } from './simulator.ts';

interface Texts {
  readonly en: string;
  readonly fr: string;
}

/** Something that happens in the company, played at the press of a button. */
export interface Scenario {
  /** Kebab-case: `deal-won`. */
  readonly id: string;
  readonly titles: Texts;
  readonly description: Texts;
  /** What the call that plays it may choose, each optional; absent: nothing. */
  readonly parameters?: z.ZodObject;
  /** What comes of it in Liaison and where to see it; absent: Liaison's log tells it at once. */
  readonly expect?: Texts;
  /** Does it, the way a person in the vendor's own interface would. Answers what it did. */
  play(stage: Stage): Promise<object>;
}

export interface Stage {
  /** Desk of any vendor. */
  desk(vendor: string): VendorDesk;
  /** JSON body of the call that played the scenario; empty when there was none. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Makes a vendor fail, as `PUT /_sandbox/faults/<vendor>` does. */
  fault(vendor: string, fault: Fault): void;
  readonly clock: () => Date;
}

/** A scenario that cannot be played as asked; the sentence is shown to the caller. */
export class ScenarioRefused extends Error {
  override readonly name = 'ScenarioRefused';
}
