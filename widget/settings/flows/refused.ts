import { useSpeech } from '../../language/language.tsx';
import { problemWords } from '../../pieces/problem-notice.tsx';

/** What a refusal says of each field, by the field. */
export function useRefused(error: unknown): ReadonlyMap<string, string> {
  const { texts } = useSpeech();
  if (!error) return new Map();
  return new Map(problemWords(error, texts).fields.map(({ field, detail }) => [field, detail]));
}
