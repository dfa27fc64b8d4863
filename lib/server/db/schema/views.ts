// Without "server-only": drizzle-kit loads this file outside any bundler. It holds no secret and no connection.
import { boolean, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "../columns";
import { organisationId } from "./tenant";

/** Views of the incidents list that people saved. Which of them somebody may see is `lib/server/views`' to say. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organisationId: organisationId(),
    ownerId: uuid("owner_id").notNull(),
    name: text("name").notNull(),
    /** The name as it is compared (`viewNameKey`): no two of one owner's are equal. */
    nameKey: text("name_key").notNull(),
    /** `formatQuery` of the view. */
    query: text("query").notNull(),
    isShared: boolean("is_shared").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("saved_views_name").on(table.organisationId, table.ownerId, table.nameKey),
    index("saved_views_shared").on(table.organisationId, table.isShared),
  ],
);
