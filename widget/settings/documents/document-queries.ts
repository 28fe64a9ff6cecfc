import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** Told anew at every look: the flow may have been set otherwise since. */
export const documentList = () =>
  queryOptions({ queryKey: ['documents'], queryFn: () => call('listDocuments'), staleTime: 0 });
