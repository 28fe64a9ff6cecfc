import type { Sentence } from '../../server/core/sentence.ts';
import { useSpeech } from '../language/language.tsx';

/** What Zoho offers for the same without Liaison, and when that is the better choice. Said openly, never folded away. */
export function NativeNote({ native }: { native: Sentence }) {
  const { texts, say } = useSpeech();
  return (
    <p className="native">
      <strong>{texts.flows.native}</strong> {say(native)}
    </p>
  );
}
