import { useAddress } from '../address.ts';
import { FoundRecords } from './found-records.tsx';
import { OneRecord } from './one-record.tsx';

/** Why something was done of a record, or was not: the search over all integrations, and the page of one record. */
export default function WhyScreen() {
  const { search } = useAddress();
  const [record, object] = [search.get('record'), search.get('object')];
  return (
    <div className="page why">
      {record !== null && object !== null ? (
        <OneRecord key={`${object} ${record}`} object={object} record={record} />
      ) : (
        <FoundRecords sought={search.get('search')?.trim() ?? ''} />
      )}
    </div>
  );
}
