import { dataCentreOf, ZOHO_DATA_CENTRES, zohoHosts } from './data-centres.ts';

describe('Zoho’s data centres', () => {
  it('are nine, each with its own accounts server and API host', () => {
    expect(ZOHO_DATA_CENTRES).toHaveLength(9);
    expect(new Set(ZOHO_DATA_CENTRES.flatMap((one) => [one.accountsUrl, one.apiUrl])).size).toBe(18);
    for (const { apiUrl, accountsUrl } of ZOHO_DATA_CENTRES) {
      expect(new URL(apiUrl).protocol).toBe('https:');
      expect(new URL(accountsUrl).origin).toBe(accountsUrl);
    }
  });

  it('are the only hosts that a token may reach', () => {
    const hosts = zohoHosts('zoho-crm');
    expect(Object.keys(hosts)).toHaveLength(18);
    expect(hosts['www.zohoapis.eu']).toBe('zoho-crm');
    expect(hosts['accounts.zohocloud.ca']).toBe('zoho-accounts');
  });

  it('are found by their API, the first one standing in where none is named', () => {
    expect(dataCentreOf('https://www.zohoapis.eu').id).toBe('eu');
    expect(dataCentreOf(null).id).toBe('us');
  });
});
