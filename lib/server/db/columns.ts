// Without "server-only": drizzle-kit loads the schema outside any bundler.
import { customType, timestamp } from "drizzle-orm/pg-core";

/** Raw bytes. Both engines hand out a Uint8Array of their own kind; the code sees a Buffer. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => value,
  fromDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
});

/** An instant with its zone, as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
