/** One event of a stream, as the server named it. */
export interface Frame {
  readonly name: string;
  readonly data: string;
  /** Where to go on after it: as sent, "" to forget the place; null where nothing was said of it. */
  readonly id: string | null;
}

/** Reads Server-Sent Events out of the pieces in which they come. */
export class FrameParser {
  #rest = "";

  /** @param onRetry the server's wish, in milliseconds, for the wait before coming back */
  constructor(private readonly onRetry: (ms: number) => void = () => undefined) {}

  /** The events that are complete with this piece. */
  read(piece: string): Frame[] {
    const blocks = (this.#rest + piece).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => this.#parse(block));
  }

  #parse(block: string): Frame[] {
    let name = "message";
    let id: string | null = null;
    const data: string[] = [];
    for (const line of block.split("\n")) {
      const [, field = "", value = ""] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === "event") name = value;
      else if (field === "data") data.push(value);
      else if (field === "id") id = value;
      else if (field === "retry" && /^\d+$/.test(value)) this.onRetry(Number(value));
    }
    return data.length > 0 ? [{ name, data: data.join("\n"), id }] : [];
  }
}
