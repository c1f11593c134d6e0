import type { Facts } from './contract';

/** Sentences by key: each is made of its facts alone, so that another language can be made of the same. */
type Words = Record<string, (facts: never) => string>;

/** A sentence in English, with what it takes to say it in another language. */
export interface Sentence {
  key: string;
  facts: Facts;
  message: string;
}

/** Says what `words` holds under a key; a fact that is missing does not compile. */
export const speaker =
  <W extends Words>(words: W) =>
  <K extends keyof W & string>(key: K, ...[facts]: Parameters<W[K]>): Sentence => {
    const say: (facts: never) => string = words[key];
    return { key, facts: (facts ?? {}) as Facts, message: say(facts as never) };
  };
