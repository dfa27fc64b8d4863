/** A workspace as our own list shows it (`GET /api/<org>/workspaces`): every one that a reply has ever named and the person may see. */
export interface WorkspaceListItem {
  /** Lower-case GUID. */
  readonly id: string;
  /** What people here call it, else upstream. */
  readonly name: string | null;
  readonly sources: readonly string[];
  /** ISO time of the last reply that mentioned it, to the minute. */
  readonly lastSeenAt: string;
}
