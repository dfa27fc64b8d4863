/** Milliseconds from one stroke to the next while the chime goes on. */
const everyMs = 8_000;
/** Two notes, a fifth apart, in hertz; each swells and fades so that nothing clicks. */
const notes = [659, 988];
const noteSeconds = 0.22;

/**
 * A soft double tone that comes again until it is stopped. Browsers let a page make a sound only after somebody has clicked or typed in
 * it: until then `isBlocked` is true, and the tone comes as soon as they have.
 */
export class Chime {
  private context: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  /** One stroke is owed from a time when the browser did not allow it. */
  private isOwed = false;

  constructor(
    private readonly open: () => AudioContext = () => new AudioContext(),
    private readonly onChange: () => void = () => undefined,
  ) {}

  get isBlocked(): boolean {
    return this.context?.state === "suspended";
  }

  /** Sounds once. Harmless where the browser knows no sound. */
  strike(): void {
    const context = this.ready();
    if (context === null) return;
    notes.forEach((hertz, n) => {
      const start = context.currentTime + n * noteSeconds;
      const tone = context.createOscillator();
      const level = context.createGain();
      tone.frequency.value = hertz;
      level.gain.setValueAtTime(0, start);
      level.gain.linearRampToValueAtTime(0.2, start + 0.02);
      level.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds * 1.8);
      tone.connect(level).connect(context.destination);
      tone.start(start);
      tone.stop(start + noteSeconds * 2);
    });
  }

  /** Sounds now, and again until `stop`. */
  start(): void {
    if (this.timer !== null) return;
    this.strike();
    this.timer = setInterval(() => this.strike(), everyMs);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  close(): void {
    this.stop();
    void this.context?.close().catch(() => undefined);
    this.context = null;
  }

  private ready(): AudioContext | null {
    if (this.context === null)
      try {
        this.context = this.open();
        this.context.onstatechange = () => {
          if (this.isOwed && !this.isBlocked) this.strike();
          this.onChange();
        };
      } catch {
        return null;
      }
    if (this.context.state === "suspended") {
      // Without a click in the page this waits. One stroke is owed then, however many were asked for.
      this.isOwed = true;
      void this.context.resume().catch(() => undefined);
      this.onChange();
      return null;
    }
    this.isOwed = false;
    return this.context;
  }
}
