import type { Failure } from '../../../server/api/contract.ts';
import type { Side } from '../../../server/core/sync/mapping.ts';
import { useSpeech } from '../../language/language.tsx';
import { useFieldName } from './field-names.ts';

type Told = Pick<Failure, 'sentence' | 'field'> & { readonly side?: Side | null };

/** A failure's sentence, in which a field goes by what people call it and not by its vendor's own id. */
export function useFailureText(syncId: string): (failure: Told) => string {
  const { say } = useSpeech();
  const fieldName = useFieldName(syncId);
  return ({ sentence, field, side = null }) => {
    const text = say(sentence);
    return field === null || side === null ? text : withName(text, field, fieldName(side, field));
  };
}

/** The sentence with the name in the place of the id, where it stands in quotation marks. */
export function withName(text: string, id: string, name: string): string {
  const quoted = new RegExp(
    `([“«][\\s\u00a0]*)${id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}([\\s\u00a0]*[”»])`,
    'g',
  );
  return text.replaceAll(quoted, (_, open: string, close: string) => `${open}${name}${close}`);
}
