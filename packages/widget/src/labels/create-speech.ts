import { englishShell } from './english-shell.ts';
import type { LabelOverrides, Labels } from './labels-for.ts';
import { loadLanguage } from './load-language.ts';

const patience = 3_000;

/** What an element speaks. */
export interface Speech {
  /** Undefined until the first language is there, so that nobody sees a flash of another one. */
  texts: LabelOverrides | undefined;
  /** The language of those texts: English, where the wanted one cannot be had. */
  language: string;
  /**
   * Gets the texts of a language; until they are there, what is spoken stays. A language that only the page's own labels
   * speak is theirs.
   */
  speak: (locale: string, hasLabels: boolean) => Promise<void>;
}

/** Speaks one language after the other; `changed` is told of each. */
export function createSpeech(changed: () => void): Speech {
  let wanted: string | undefined;
  const speech: Speech = {
    texts: undefined,
    language: 'en',
    speak: async (locale, hasLabels) => {
      const asked = `${locale} ${hasLabels}`;
      if (asked === wanted) return;
      wanted = asked;
      const loading = loadLanguage(locale);
      const take = (texts?: Labels) => {
        // Another one was asked for meanwhile.
        if (asked !== wanted) return;
        speech.texts = texts ?? englishShell;
        speech.language = texts || (!loading && hasLabels) ? locale : 'en';
        changed();
      };
      // Nobody waits long for a language: English until it comes.
      const timer = loading && setTimeout(take, patience);
      const texts = loading && (await loading.catch(() => undefined));
      clearTimeout(timer);
      take(texts);
    },
  };
  return speech;
}
