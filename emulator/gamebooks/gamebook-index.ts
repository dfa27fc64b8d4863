import type { Analyst } from "../data/people";
import type { Instant } from "../time/clock";
import type { Stream, Stub, Workspace } from "../world/model";
import { type Run, runsOf } from "./run";

/** Every run of a provider, derived from its incidents and kept per stream until that stream grows. */
export class GamebookIndex {
  readonly #analysts: readonly Analyst[];
  readonly #byStream = new WeakMap<Stream, { length: number; runs: readonly Run[] }>();

  constructor(analysts: readonly Analyst[]) {
    this.#analysts = analysts;
  }

  /** Runs of the workspaces that exist by now, newest first. */
  ofWorkspaces(workspaces: readonly Workspace[], now: Instant): readonly Run[] {
    return workspaces
      .flatMap((workspace) => workspace.streams.flatMap((stream) => this.#ofStream(stream)))
      .filter((run) => run.createdAt <= now)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Runs for one incident that exist by now, newest first. */
  ofIncident(stream: Stream, stub: Stub, now: Instant): readonly Run[] {
    return runsOf(stream, stub, this.#analysts)
      .filter((run) => run.createdAt <= now)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  #ofStream(stream: Stream): readonly Run[] {
    const known = this.#byStream.get(stream);
    if (known !== undefined && known.length === stream.stubs.length) return known.runs;
    const runs = stream.stubs.flatMap((stub) => runsOf(stream, stub, this.#analysts));
    this.#byStream.set(stream, { length: stream.stubs.length, runs });
    return runs;
  }
}
