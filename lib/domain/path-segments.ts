/** Next hands dynamic segments over as they stand in the address, that is, percent-encoded. Null when one is malformed. */
export function readSegments<Name extends string>(
  segments: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> | null {
  try {
    const read = Object.entries<string>(segments).map(([name, text]) => [name, decodeURIComponent(text)]);
    // The names are those of `segments`.
    return Object.fromEntries(read) as Record<Name, string>;
  } catch {
    return null;
  }
}
