import { z } from "zod";
import { incidentSources } from "./vocabulary";

/** Building blocks for what we send: exact, bounded, nothing guessed. */

/** No control characters and no lone surrogates (they cannot be encoded). */
const printable = /^[^\p{Cc}\p{Cs}]*$/u;
/** The same, without what could end a path segment, and never only dots or dots before a `;`. */
const segmentPattern = /^(?!\.+(?:;|$))[^\p{Cc}\p{Cs}/\\]+$/u;

/** One path segment that is not a GUID. `reserved`: literal siblings in the vendor's routes, which win over it there. */
export function segment(maximum: number, reserved: readonly string[] = []) {
  const words = new Set(reserved);
  return z
    .string()
    .min(1)
    .max(maximum)
    .regex(segmentPattern, "must be a single path segment of printable characters")
    .refine((value) => !words.has(value.toLowerCase()), "is the name of another call");
}

export const guid = z.guid();

export const source = z.enum(incidentSources);

/**
 * Sentinel: a GUID, Defender XDR: digits, others: their own shapes. Besides the literal sibling, the names of the calls below an
 * incident are reserved: a URL parser turns `…/{source}/%2e/comments` into `…/{source}/comments` before anybody sees it.
 */
export const incidentId = segment(256, ["by-entity", "evidence", "last-gamebook", "comments"]);

/** Free text of one line or more. */
export function sentence(maximum: number) {
  return z
    .string()
    .max(maximum)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, "must not hold control characters");
}

/** A short value without control characters. */
export function short(maximum: number) {
  return z.string().max(maximum).regex(printable, "must not hold control characters");
}

/** A date-time with a zone, sent as it is written. */
export const dateTime = z.iso.datetime({ offset: true });

/** An opaque value that upstream gave us: goes back unchanged. */
export const opaque = z.string().min(1).max(16_384);

export const none = z.strictObject({});

export const inWorkspace = { workspaceId: guid };
