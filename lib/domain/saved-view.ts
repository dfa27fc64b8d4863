import { defaultView, type IncidentView, openWorkKey } from "./incident-view";
import { formatQuery } from "./incident-view-codec";

/** Longest name of a view, in characters. */
export const viewNameMax = 60;
/** As many views can one person save in an organisation. */
export const viewsPerPerson = 200;

/** A view that somebody saved, as one person is told of it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** `formatQuery` of it, without workspaces that this person may not see. */
  readonly query: string;
  /** Everybody of the organisation sees it; else its owner alone. */
  readonly isShared: boolean;
  readonly isOwn: boolean;
  /** Who shared it; null for one's own, and where the account is gone. */
  readonly ownerName: string | null;
  /** This person can save over it, rename it and, if it is somebody else's, delete it. */
  readonly mayChange: boolean;
}

/** `GET /api/<org>/views`. */
export interface ViewsAnswer {
  readonly views: readonly SavedView[];
  /** Key of the view that the list opens with for this person: a built-in one's or an id; null: open work. */
  readonly defaultKey: string | null;
}

/** A view that everybody has. */
export interface BuiltInView {
  readonly key: string;
  readonly name: string;
  readonly query: string;
}

const withFilter = (filter: Partial<IncidentView["filter"]>): string =>
  formatQuery({ ...defaultView, filter: { ...defaultView.filter, ...filter } });

/** The views that are always there. @param email the person's own, as upstream names owners; empty: no view of their own work */
export function builtInViews(email: string): readonly BuiltInView[] {
  const owners = (unassigned: boolean, emails: readonly string[]) => ({ owners: { unassigned, emails } });
  return [
    { key: openWorkKey, name: "Open work", query: "" },
    {
      key: "high-unowned",
      name: "High, unowned",
      query: withFilter({ severities: ["High"], ...owners(true, []) }),
    },
    ...(email === ""
      ? []
      : [{ key: "mine", name: "Mine", query: withFilter(owners(false, [email.toLowerCase()])) }]),
    { key: "everything", name: "Everything", query: withFilter({ statuses: [] }) },
  ];
}

/** A name as it is compared: one person has no two views of the same name, however it is written. */
export const viewNameKey = (name: string) => name.normalize("NFKC").trim().toLowerCase();

/**
 * A view as somebody may be told of it who sees only some workspaces. Null when nothing is left of the workspaces that it
 * is about: it would show something else than it says.
 */
export function withinSight(
  view: IncidentView,
  isVisible: (workspaceId: string) => boolean,
): IncidentView | null {
  const { mode, values } = view.filter.workspaces;
  const left = values.filter(isVisible);
  if (left.length === values.length) return view;
  if (left.length === 0 && mode === "any") return null;
  const workspaces = left.length === 0 ? defaultView.filter.workspaces : { mode, values: left };
  return { ...view, filter: { ...view.filter, workspaces } };
}
