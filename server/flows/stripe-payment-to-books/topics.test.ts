import type { FlowEvent } from '../../core/flow.ts';
import { recordOf } from './topics.ts';

const carrying = (object: object): FlowEvent => ({ body: { data: { object } } }) as unknown as FlowEvent;

describe('events that are handled in order', () => {
  it('are those of one payer, however the event names him', () => {
    const payer = { object: 'stripe.customers', id: 'cus_1' };
    expect(recordOf(carrying({ id: 'pi_1', customer: 'cus_1' }))).toEqual(payer);
    expect(recordOf(carrying({ id: 'in_1', customer: { id: 'cus_1', object: 'customer' } }))).toEqual(payer);
    expect(recordOf(carrying({ id: 'pi_1', receipt_email: 'Ada@Example.com' }))).toEqual(
      recordOf(carrying({ id: 'in_1', customer_email: 'ada@example.com' })),
    );
  });

  it('are those of one payment where nobody says who paid: its refund comes after it', () => {
    const payment = recordOf(carrying({ id: 'pi_1', object: 'payment_intent', latest_charge: 'ch_1' }));
    const charge = { id: 'ch_1', object: 'charge', payment_intent: 'pi_1', customer: null };
    expect(recordOf(carrying(charge))).toEqual(payment);
    expect(recordOf(carrying({ id: 're_1', charge: 'ch_1', payment_intent: { id: 'pi_1' } }))).toEqual(
      payment,
    );
    expect(recordOf(carrying({ id: 're_1', charge: 'ch_1', payment_intent: null }))).toEqual(
      recordOf(carrying({ id: 'ch_1', object: 'charge', payment_intent: null })),
    );
  });
});
