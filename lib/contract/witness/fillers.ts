/** The values that the vendor's documentation generator prints in its examples. An enum prints its first member. */
export const uuid = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
export const dateTime = "2023-11-07T05:31:56Z";
/** `dateTime` as our replies write it. */
export const dateTimeOut = "2023-11-07T05:31:56.000Z";
export const text = "<string>";
export const integer = 123;

/** The envelope as documented: a trace id and a time with seven fraction digits and a numeric offset. */
export function envelope<T>(data: T) {
  return { data, meta: { requestId: "0HN8Q3V0001", timestamp: "2026-04-15T20:00:00.0000000+00:00" } };
}

/** One documented exchange. `id` is a plain text, so that this file does not lean on the registry. */
export interface Sample {
  readonly name: string;
  readonly id: string;
  readonly params?: Readonly<Record<string, string>>;
  /** The query as it stands in the address. */
  readonly search?: string;
  readonly body?: unknown;
  /** The reply, envelope included; `undefined` where only the request is documented. */
  readonly reply?: unknown;
}
