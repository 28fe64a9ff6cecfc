import { json } from './liaison-process.ts';

/** Requests that vendors got, by method and path: `PUT /crm/v8/Contacts`. */
export type CallCounts = Readonly<Record<string, number>>;

/** Counts from now on what each of these vendors is asked, the test's own requests included. */
export async function countCalls(
  sandboxUrl: string,
  vendors: readonly string[],
): Promise<() => Promise<Record<string, { readonly total: number; readonly by: CallCounts }>>> {
  const show = async () =>
    (await json<{ calls: Record<string, { total: number; by: CallCounts }> }>(`${sandboxUrl}/_sandbox/calls`))
      .calls;
  const before = await show();
  return async () => {
    const now = await show();
    return Object.fromEntries(
      vendors.map((vendor) => {
        const [was, is] = [before[vendor]?.by ?? {}, now[vendor]?.by ?? {}];
        const by = Object.entries(is).flatMap(([name, count]) => {
          const more = count - (was[name] ?? 0);
          return more > 0 ? [[name, more] as const] : [];
        });
        const total = by.reduce((sum, [, count]) => sum + count, 0);
        return [vendor, { total, by: Object.fromEntries(by) }];
      }),
    );
  };
}
