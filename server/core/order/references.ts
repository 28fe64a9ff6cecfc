/** As much of a reference as books take. */
const LONGEST = 100;

/** As books take it: the end tells it apart. */
export const asReference = (whole: string): string => whole.slice(-LONGEST);

/** What a refund of an order is found by again. @param reference the order's. */
export const refundReference = (reference: string, id: string): string => `${reference} refund ${id}`;
