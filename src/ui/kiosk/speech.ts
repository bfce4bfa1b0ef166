import type { Locale } from "../../domain/people/types.ts";

type VoiceLike = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default">;

/**
 * A voice of the language that speaks on the device itself: the others send every word, names too, to a server.
 * Undefined when there is none; then the kiosk stays with its sounds.
 */
export function localVoice<V extends VoiceLike>(voices: readonly V[], locale: Locale): V | undefined {
  const wanted = locale === "en" ? /^en([-_]|$)/i : /^(zh|cmn)([-_]|$)/i;
  const other = /[-_](TW|HK|MO|Hant)\b/i;
  const fitting = voices.filter(({ localService, lang }) => localService && wanted.test(lang) && !other.test(lang));
  return fitting.find((voice) => voice.default) ?? fitting[0];
}

/** Says one text at a time; a new one silences the last. */
export class Speech {
  constructor() {
    // Browsers load their voices when they are first asked for them.
    if ("speechSynthesis" in globalThis) speechSynthesis.getVoices();
  }

  /** @param volume 0..1 */
  say(text: string, locale: Locale, volume: number): void {
    if (!("speechSynthesis" in globalThis) || volume <= 0) return;
    const voice = localVoice(speechSynthesis.getVoices(), locale);
    if (voice === undefined) return;
    speechSynthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.volume = Math.min(volume, 1);
    speechSynthesis.speak(utterance);
  }

  silence(): void {
    if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
  }
}
