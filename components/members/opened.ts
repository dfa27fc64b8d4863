import type { MemberView, WorkspaceGroupView } from "@/lib/domain/members";
import type { Question } from "./question-dialog";

/** What the page can ask. */
export type Opened =
  | { readonly kind: "person"; readonly member: MemberView | null }
  | { readonly kind: "sessions"; readonly member: MemberView }
  | { readonly kind: "group"; readonly group: WorkspaceGroupView | null }
  | { readonly kind: "confirm"; readonly question: Question };
