import type { BookingLinks } from '../../core/flow.ts';
import type { Database } from '../../store/database.ts';
import { type SetSince, settingsSince } from '../../store/integration-changes.ts';
import type { Booking } from './pairs.ts';

/** What integrations wished at a moment, by how they were set then. */
export interface Wishes {
  readonly fees: (moment: string) => boolean;
  readonly payouts: (moment: string) => boolean;
  /** The same by now. */
  readonly feesNow: boolean;
  readonly payoutsNow: boolean;
}

type Links = BookingLinks | undefined;
type Judge = (links: Links, settings: unknown) => boolean;

const fees: Judge = (links, settings) => links?.fees?.isWished(settings) === true;
const payouts: Judge = (links, settings) => links?.payouts?.isWished(settings) === true;

/** Settings as the flow reads them; null: of a version that it does not understand any more. */
export const settingsOf = ({ flow }: Pick<Booking, 'flow'>, settings: unknown): unknown => {
  const read = flow.settings.safeParse(settings);
  return read.success ? read.data : null;
};

export async function wishesOf(
  database: Database,
  organisationId: string,
  bookings: readonly Booking[],
): Promise<Wishes> {
  const rows = await settingsSince(
    database,
    organisationId,
    bookings.map(({ integration }) => integration.id),
  );
  const byIntegration = Map.groupBy(rows, ({ integration }) => integration);

  function isWished(judge: Judge, moment: string): boolean {
    const at = Date.parse(moment);
    return bookings.some((booking) => {
      const own = byIntegration.get(booking.integration.id);
      // Nothing is kept of how it was set: as it is now.
      if (own === undefined) return now(judge, booking);
      const then: SetSince | undefined = own.findLast((row) => row.at.getTime() <= at);
      return then?.enabled && judges(judge, booking, then.settings);
    });
  }

  return {
    fees: (moment) => isWished(fees, moment),
    payouts: (moment) => isWished(payouts, moment),
    feesNow: bookings.some((booking) => now(fees, booking)),
    payoutsNow: bookings.some((booking) => now(payouts, booking)),
  };
}

function judges(judge: Judge, booking: Booking, raw: unknown): boolean {
  const settings = settingsOf(booking, raw);
  return settings !== null && judge(booking.flow.booking, settings);
}

const now = (judge: Judge, booking: Booking): boolean =>
  booking.integration.enabled && judges(judge, booking, booking.integration.settings);
