import { shortId } from './short-id.ts';

describe('an id in a list', () => {
  it('is whole when it is short', () => {
    expect(shortId('4876876000032530199')).toBe('4876876000032530199');
  });

  it('keeps both ends when it is long', () => {
    expect(shortId('1LumenLeadsSiteWeb7uQe2mKxv0pRzYtW4hJcDaSf9/Leads/row-4')).toBe(
      '1LumenLe…f9/Leads/row-4',
    );
  });
});
