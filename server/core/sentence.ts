/** One sentence for people, in both languages of the product. Never holds a secret or a stack. */
export interface Sentence {
  readonly en: string;
  readonly fr: string;
}

export type Language = keyof Sentence;
