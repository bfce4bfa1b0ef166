/** What a sound says: it worked, something to note, or it did not work. */
export type Sound = "recorded" | "noted" | "refused";

interface Note {
  /** Hertz. */
  readonly pitch: number;
  /** Seconds after the sound's beginning. */
  readonly at: number;
  /** Seconds. */
  readonly length: number;
}

/** Two rising notes, one note, one low note: told apart with the eyes shut, and none of them an alarm. */
export const NOTES: Readonly<Record<Sound, readonly Note[]>> = {
  recorded: [
    { pitch: 659.26, at: 0, length: 0.16 },
    { pitch: 987.77, at: 0.13, length: 0.34 },
  ],
  noted: [{ pitch: 659.26, at: 0, length: 0.3 }],
  refused: [{ pitch: 220, at: 0, length: 0.42 }],
};

/** Loudest sample of a note at volume 1, well under clipping when two overlap. */
const PEAK = 0.3;

const ATTACK_S = 0.012;

/** Plays the kiosk's sounds. The browser keeps it silent until someone has touched the screen, unless the device's policy allows sound. */
export class Sounds {
  #context: AudioContext | null = null;

  /** Called from a touch or a key: from then on the browser lets sounds through. */
  unlock(): void {
    void this.#open()?.resume();
  }

  /** @param volume 0..1 */
  play(sound: Sound, volume: number): void {
    if (volume <= 0) return;
    const context = this.#open();
    if (context?.state !== "running") return;
    for (const note of NOTES[sound]) this.#note(context, note, Math.min(volume, 1));
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }

  #open(): AudioContext | null {
    if (this.#context === null && "AudioContext" in globalThis) this.#context = new AudioContext({ latencyHint: "interactive" });
    return this.#context;
  }

  #note(context: AudioContext, note: Note, volume: number): void {
    const begin = context.currentTime + note.at;
    const end = begin + note.length;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(PEAK * volume, begin + ATTACK_S);
    gain.gain.exponentialRampToValueAtTime(0.001, end);
    const tone = context.createOscillator();
    tone.type = "triangle";
    tone.frequency.value = note.pitch;
    tone.connect(gain).connect(context.destination);
    tone.start(begin);
    tone.stop(end);
  }
}
