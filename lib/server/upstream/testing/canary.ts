import { Writable } from "node:stream";
import { inspect } from "node:util";
import pino from "pino";
import { type Log, logOptions } from "@/lib/server/log";

/** Every form in which a secret could lie in a text: plain, base64 at each alignment, hex, address- and JSON-escaped. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // The first and last characters mix with the neighbours' bits; what lies between is the secret's alone.
    return text.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (bytes.length + shift)) / 6));
  });
  return [
    secret,
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    bytes.toString("hex"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** Collects everything that a suite lets out, and finds secrets in it. */
export class Canary {
  readonly #secrets: readonly string[];
  readonly #lines: string[] = [];
  readonly #others: string[] = [];
  /** A real log of the server's own options, written to memory. */
  readonly log: Log;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
    const lines = this.#lines;
    const memory = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString("utf8"));
        done();
      },
    });
    this.log = pino({ ...logOptions, level: "trace" }, memory);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The log's lines, parsed. */
  get records(): Record<string, unknown>[] {
    return this.#lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** An answer, an error, anything that leaves: looked through in the form it prints in. */
  saw(value: unknown): void {
    this.#others.push(typeof value === "string" ? value : inspect(value, { depth: 10, showHidden: true }));
  }

  /** Keeps an answer's headers and body; gives back an equal answer. */
  async sawResponse(response: Response): Promise<Response> {
    const body = await response.text();
    this.saw([...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"));
    this.saw(body);
    const { status, headers } = response;
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
  }

  /** What was found, and how much was looked through: a scan of nothing proves nothing. */
  scan(): { hits: string[]; lines: number; others: number } {
    const forms = this.#secrets.flatMap(formsOf);
    const hits = [...this.#lines, ...this.#others].filter((text) =>
      forms.some((form) => text.includes(form)),
    );
    return { hits, lines: this.#lines.length, others: this.#others.length };
  }
}
