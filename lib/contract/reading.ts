/** What was met while one reply was read, beside the data. */
export interface ReadingReport {
  /** Rows of the reply's own lists that could not be read and are missing from the data. */
  readonly unreadableRows: number;
  /** Where and why, for the log. Holds no values of the reply. At most 50. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Members that the contract does not know, as `data.incidents[].name`. Dropped from the data. At most 50. */
  readonly unknownKeys: readonly string[];
}

/** A value that has not the form that is needed here. Caught by the nearest list or optional member. */
export class Unreadable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Unreadable";
  }
}

const limit = 50;
const longestName = 100;

/** The state of reading one reply: where we are, what was set aside, what nobody had told us about. */
export class Reading {
  /** Path parameters of the call, for replies that do not repeat their own workspace or source. */
  readonly call: Readonly<Record<string, string>>;
  private readonly trail: (string | number)[] = ["data"];
  private readonly notes: { path: string; reason: string }[] = [];
  private readonly unknown = new Set<string>();
  private rowsSetAside = 0;

  constructor(call: Readonly<Record<string, string>> = {}) {
    this.call = call;
  }

  enter(step: string | number): void {
    this.trail.push(step);
  }

  leave(): void {
    this.trail.pop();
  }

  /** Depth of the trail, to come back to with `returnTo` after a reader has thrown half-way. */
  get depth(): number {
    return this.trail.length;
  }

  returnTo(depth: number): void {
    this.trail.length = depth;
  }

  /** Remembers that something here was unusable and was read as absent. */
  note(reason: string): void {
    if (this.notes.length < limit) this.notes.push({ path: this.where(true), reason });
  }

  /** Remembers that a whole row is missing from the data. */
  countRow(): void {
    this.rowsSetAside += 1;
  }

  noteUnknown(key: string): void {
    if (this.unknown.size < limit) this.unknown.add(`${this.where(false)}.${key.slice(0, longestName)}`);
  }

  report(): ReadingReport {
    return {
      unreadableRows: this.rowsSetAside,
      unreadable: this.notes,
      unknownKeys: [...this.unknown].sort(),
    };
  }

  /** The place we stand at, as `data.incidents[3].id` (or `data.incidents[].id`). */
  where(withIndex: boolean): string {
    let path = "";
    for (const step of this.trail) {
      if (typeof step === "number") path += withIndex ? `[${step}]` : "[]";
      else path += path === "" ? step : `.${step.slice(0, longestName)}`;
    }
    return path;
  }
}
