/** Where Stripe shows what has this id. */
export const inDashboard =
  (section: string) =>
  (id: string): string =>
    `https://dashboard.stripe.com/${section}/${encodeURIComponent(id)}`;
