import { failures } from '../../kit/failures.ts';
import { GRAPH_CODES, graphSaid } from '../families/microsoft/failures.ts';

export const VENDOR = 'Outlook';

export const { classify } = failures({
  vendor: VENDOR,
  said: graphSaid,
  codes: GRAPH_CODES,
  otherwise: { kind: 'rejected' },
});
