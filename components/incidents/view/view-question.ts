import type { SavedView } from "@/lib/domain/saved-view";

/** What the views menu asks in a dialog of its own. */
export type ViewQuestion =
  | { readonly kind: "save" }
  | { readonly kind: "notices" }
  | { readonly kind: "rename" | "delete"; readonly saved: SavedView };
