import type { ConnectorHttp } from '../../../core/connector.ts';
import { type JsonAnswer, type JsonCall, jsonApi } from '../../../kit/json-api.ts';
import { dataCentreOf } from './data-centres.ts';

export type ZohoApi = (call: JsonCall) => Promise<JsonAnswer>;

/** Calls one of Zoho's JSON APIs in the connection's data centre. Rejects with LiaisonErrors only. */
export function zohoApi(http: ConnectorHttp): ZohoApi {
  const { apiUrl } = dataCentreOf(http.apiUrl);
  return jsonApi(http, () => apiUrl);
}
