import { isPlain, raw, type Reader } from "./readers";
import { Reading, Unreadable } from "./reading";

type Shape = Record<string, Reader<unknown>>;
type Whole<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> };
type Sparse<S extends Shape> = { [K in keyof S]?: NonNullable<ReturnType<S[K]>> };
type Flat<T> = { [K in keyof T]: T[K] };

interface ObjectOptions<Name extends PropertyKey> {
  /** Other names under which the vendor may send a member, tried in order when the first is absent. */
  readonly aliases?: { readonly [K in Name]?: readonly string[] };
  /** Members we know and do not take. */
  readonly ignored?: readonly string[];
}

interface Member {
  readonly name: string;
  readonly read: Reader<unknown>;
  readonly aliases: readonly string[];
  readonly sparse: boolean;
  /** Absent is read as null, so the reader need not be asked: most members of most rows are absent. */
  readonly absentIsNull: boolean;
}

function readsAbsentAsNull(read: Reader<unknown>): boolean {
  try {
    return read(null, new Reading()) === null;
  } catch {
    return false;
  }
}

function pick(value: Record<string, unknown>, member: Member): unknown {
  const found = value[member.name];
  if (found !== undefined && found !== null) return found;
  for (const alias of member.aliases) {
    const other = value[alias];
    if (other !== undefined && other !== null) return other;
  }
  return found;
}

function noteUnknown(value: Record<string, unknown>, knownKeys: ReadonlySet<string>, reading: Reading): void {
  for (const key in value) if (!knownKeys.has(key)) reading.noteUnknown(key);
}

function membersOf(
  shape: Shape,
  aliases: Readonly<Record<string, readonly string[]>>,
  sparse: boolean,
): Member[] {
  return Object.entries(shape).map(([name, read]) => ({
    name,
    read,
    sparse,
    aliases: aliases[name] ?? [],
    absentIsNull: readsAbsentAsNull(read),
  }));
}

/**
 * Reads an object member by member. Members of `shape` are always present in our form, members of `sparse` are left
 * out when absent (for objects that come by the ten thousand); unknown ones are named in the report and dropped.
 * Throws `Unreadable` for anything but an object, and whatever a required member throws.
 */
export function sparseObject<S extends Shape, P extends Shape>(
  shape: S,
  sparse: P,
  options: ObjectOptions<keyof S | keyof P> = {},
): Reader<Flat<Whole<S> & Sparse<P>>> {
  const aliases: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
    Object.entries<readonly string[] | undefined>({ ...options.aliases }).map(([name, others]) => [
      name,
      others ?? [],
    ]),
  );
  const members = [...membersOf(shape, aliases, false), ...membersOf(sparse, aliases, true)];
  const knownKeys = new Set([
    ...members.flatMap((each) => [each.name, ...each.aliases]),
    ...(options.ignored ?? []),
  ]);
  return (value, reading) => {
    if (!isPlain(value)) throw new Unreadable(value === undefined ? "missing" : "not an object");
    const result: Record<string, unknown> = {};
    for (const each of members) {
      const sent = pick(value, each);
      if (each.absentIsNull && (sent === null || sent === undefined)) {
        if (!each.sparse) result[each.name] = null;
        continue;
      }
      reading.enter(each.name);
      const read = each.read(sent, reading);
      reading.leave();
      if (!each.sparse || read !== null) result[each.name] = read;
    }
    noteUnknown(value, knownKeys, reading);
    // Each member of S was read by its own reader and each of P that is not null, so the object has this type.
    return result as Flat<Whole<S> & Sparse<P>>;
  };
}

/** `sparseObject` without members that may be left out. */
export function object<S extends Shape>(
  shape: S,
  options: ObjectOptions<keyof S> = {},
): Reader<Flat<Whole<S>>> {
  return sparseObject<S, Record<never, never>>(shape, {}, options);
}

/** Adds what was sent, unread, as `raw`: for forms that are our guess, so that nothing is hidden from the person. */
export function withRaw<T extends object>(read: Reader<T>): Reader<Flat<T & { raw: unknown }>> {
  return (value, reading) => ({ ...read(value, reading), raw: raw(value, reading) });
}
