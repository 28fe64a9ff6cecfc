import type { Sentence } from '../../server/core/sentence.ts';
import { useSpeech } from '../language/language.tsx';

interface NativeNoteProps {
  readonly native: Sentence;
  /** Zoho's own page about it. */
  readonly page?: string | null;
}

/** What Zoho offers for the same without Liaison, and when that is the better choice. Said openly, never folded away. */
export function NativeNote({ native, page }: NativeNoteProps) {
  const { texts, say } = useSpeech();
  return (
    <p className="native">
      <strong>{texts.flows.native}</strong> {say(native)}
      {page != null && (
        <>
          {' '}
          <a href={page} target="_blank" rel="noopener">
            {texts.catalogue.page}
          </a>
        </>
      )}
    </p>
  );
}
