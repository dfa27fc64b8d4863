// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { bigint, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "../columns";

/** What every audit row holds, of an organisation or of none. */
export const auditColumns = {
  seq: bigint("seq", { mode: "number" }).notNull(),
  at: instant("at").notNull(),
  personId: uuid("person_id"),
  action: text("action").notNull(),
  permission: text("permission"),
  workspaceId: text("workspace_id"),
  outcome: text("outcome", { enum: ["done", "refused", "failed", "unknown"] }).notNull(),
  upstreamRequestId: text("upstream_request_id"),
  requestId: text("request_id").notNull(),
  detail: jsonb("detail").notNull(),
  /** Hash of the row before; 32 zero bytes for the first. */
  prevHash: bytes("prev_hash").notNull(),
  hash: bytes("hash").notNull(),
};
