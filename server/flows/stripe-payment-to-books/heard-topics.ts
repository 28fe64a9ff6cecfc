import {
  FEE_TOPICS,
  PAYMENT_TOPICS,
  PAYOUT_TOPICS,
  SUBSCRIPTION_TOPICS,
} from '../../connectors/stripe/payment-topics.ts';
import type { Settings } from './flow.ts';

/** Every topic that some integration may listen to. */
export const ALL_TOPICS: readonly string[] = [
  ...PAYMENT_TOPICS,
  ...FEE_TOPICS,
  ...PAYOUT_TOPICS,
  ...SUBSCRIPTION_TOPICS,
];

/** What an integration listens to: nothing that its settings have no use for. */
export const topicsFor = ({ fees, payouts, subscriptions }: Settings): readonly string[] => [
  ...PAYMENT_TOPICS,
  ...(fees === 'none' ? [] : FEE_TOPICS),
  ...(payouts ? PAYOUT_TOPICS : []),
  ...(subscriptions === 'profiles' ? SUBSCRIPTION_TOPICS : []),
];
