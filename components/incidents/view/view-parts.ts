/**
 * What the head of the queue loads when the first of them is needed. In one piece: each further one would cost every page a part of the
 * few bytes that are left for scripts.
 */
export { IncidentNotices } from "../notice/incident-notices";
export { StackPanel } from "../stacks/stack-panel";
export { QueueEmpty } from "../status/queue-empty";
export { ColumnChooser } from "./column-chooser";
export { ExportItems } from "./export-items";
export { LooksMenu } from "./looks-menu";
export { SavedName } from "./saved-name";
export { ViewDialog } from "./view-dialog";
export { ViewsMenu } from "./views-menu";
