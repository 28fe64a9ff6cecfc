import type { Sentence } from '../../../../server/core/sentence.ts';
import { useSpeech } from '../../../language/language.tsx';
import { MeanwhileNotice } from '../../drafts/meanwhile-notice.tsx';

interface FilterMeanwhileProps {
  /** What people call the filter here. */
  readonly title: string;
  /** The filter in words that was saved; null: every record takes part. */
  readonly words: Sentence | null;
  readonly choose: (whose: 'mine' | 'theirs') => void;
}

/** Somebody saved another filter than this form was opened with: nothing is saved before a choice. */
export function FilterMeanwhile({ title, words, choose }: FilterMeanwhileProps) {
  const { texts, say } = useSpeech();
  return (
    <MeanwhileNotice
      told={[]}
      contested={['filter']}
      titleOf={() => title}
      mine={() => texts.drafts.onThisPage}
      saved={() => (words === null ? texts.drafts.everyRecord : say(words))}
      choose={(_, whose) => choose(whose)}
    />
  );
}
