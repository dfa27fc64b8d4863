/** So many calls of one kind at a time; the others wait in turn. */
export class Lane {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width: number) {}

  /**
   * Does the work when its turn has come. Who gives up while waiting leaves the line, and the work is never begun.
   * @throws what the work throws, or the signal's reason
   */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    if (this.underWay >= this.width) await this.turn(signal);
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      this.waiting.shift()?.();
    }
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      this.waiting.push(enter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}
