import { hex, mix, sequenceGuid } from "../random/hash";
import type { Stream, Stub } from "../world/model";

/** The number that people say aloud; `null` where the source has none. */
export function numberOf(stream: Stream, stub: Stub): number | null {
  if (stream.source === "Sentinel" || stream.source === "DefenderXDR" || stream.source === "QRadar")
    return stream.numberBase + stub.seq;
  return null;
}

/** A short id for people where there is no number, or `null`. */
export function displayIdOf(stream: Stream, stub: Stub): string | null {
  if (stream.source === "CrowdStrike") return `INC-${stream.numberBase + stub.seq}`;
  if (stream.source === "Splunk") return `NE-${hex(mix(stream.hash, stub.seq), 3, 1).toUpperCase()}`;
  return null;
}

/**
 * The source's id: a GUID (Sentinel), digits (Defender XDR, QRadar, SentinelOne), or texts with `:` and `@`
 * (CrowdStrike, Splunk), which a client has to encode.
 */
export function idOf(stream: Stream, stub: Stub): string {
  switch (stream.source) {
    case "Sentinel":
      return sequenceGuid(stream.hash, stub.seq);
    case "DefenderXDR":
    case "QRadar":
      return String(stream.numberBase + stub.seq);
    case "SentinelOne":
      return (1_700_000_000_000_000_000n + BigInt(stream.hash) * 100_000n + BigInt(stub.seq)).toString();
    case "CrowdStrike":
      return `inc:${hex(stream.hash, 2, 4)}:${sequenceGuid(stream.hash, stub.seq).replaceAll("-", "")}`;
    case "Splunk":
      return `${sequenceGuid(stream.hash, stub.seq).toUpperCase()}@@notable@@${hex(mix(stream.hash, 9), stub.seq, 2)}`;
  }
}

const indexes = new WeakMap<Stream, { count: number; byId: Map<string, number> }>();

/** Finds an incident of the stream by its id, without regard to case; `null` when there is none. */
export function findById(stream: Stream, id: string): Stub | null {
  let index = indexes.get(stream);
  if (index === undefined || index.count !== stream.stubs.length) {
    index = { count: stream.stubs.length, byId: new Map() };
    for (const [place, stub] of stream.stubs.entries())
      index.byId.set(idOf(stream, stub).toLowerCase(), place);
    indexes.set(stream, index);
  }
  const place = index.byId.get(id.toLowerCase());
  return place === undefined ? null : (stream.stubs[place] ?? null);
}
