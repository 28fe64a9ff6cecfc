/**
 * Addresses, and ids that say what they are of: `cus_Q1a2b3c4d5`. A digit or a capital tells an id from a word such as
 * `payment_intent`; one in seventy of Stripe's has no digit.
 */
const NAMED =
  /[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|\b[a-z]{2,9}_(?=[A-Za-z]*\d|[a-z]*[A-Z])[A-Za-z0-9]{8,64}\b/g;
/** An event of more than this lists things; whose it is stands in the first of them. */
const MOST = 20;
const LONGEST = 20_000;

/** What an event's body names beside its record: by these people find the record, too. */
export function namedInBody(body: string): readonly string[] {
  const found = new Set<string>();
  for (const [name] of body.slice(0, LONGEST).matchAll(NAMED)) {
    found.add(name);
    if (found.size === MOST) break;
  }
  return [...found];
}
