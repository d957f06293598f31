/** Tones, as far as the browser lets a page make them. */

const NOTE_S = 0.12;
const LOUDNESS = 0.15;
/** What counts as somebody's being there. */
const TOUCHES = ['pointerup', 'keydown'] as const;

/** Plays notes, from the first touch of the page on: nobody may be startled by it before. */
export class Speaker {
  readonly #context = new AudioContext();

  constructor() {
    for (const touch of TOUCHES) document.addEventListener(touch, this.#resume);
    this.#resume();
  }

  /** Frequencies in Hz, one after the other; what cannot be heard now is not kept for later. */
  play(notes: readonly number[]): void {
    if (this.#context.state !== 'running') return;
    notes.forEach((frequency, place) => this.#sound(frequency, place * NOTE_S));
  }

  close(): void {
    for (const touch of TOUCHES) document.removeEventListener(touch, this.#resume);
    void this.#context.close();
  }

  /** Also later: a phone takes the sound away while it is in a pocket. */
  readonly #resume = (): void => {
    if (this.#context.state === 'running') return;
    this.#context.resume().catch(() => undefined);
  };

  #sound(frequency: number, inS: number): void {
    const at = this.#context.currentTime + inS;
    const tone = this.#context.createOscillator();
    const volume = this.#context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(LOUDNESS, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
    tone.connect(volume).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + NOTE_S);
  }
}
