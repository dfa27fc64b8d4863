"use client";

import {
  Bell,
  LayoutList,
  Link as LinkIcon,
  Lock,
  Pencil,
  Pin,
  Save,
  SaveAll,
  Star,
  Trash2,
  Users,
} from "lucide-react";
import { FailureBar } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { copyText } from "@/components/ui/copy-text";
import { MenuItems, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { openWorkKey } from "@/lib/domain/incident-view";
import { formatQuery, formatView, parseQuery } from "@/lib/domain/incident-view-codec";
import type { BuiltInView, SavedView } from "@/lib/domain/saved-view";
import { useViewsAct, type ViewsAct } from "@/lib/queries/views";
import { routes } from "@/lib/routes";
import type { ViewControl } from "../use-incident-view";
import { useMenuFocus } from "./use-menu-focus";
import { useViews, type Views } from "./use-views";
import type { ViewQuestion } from "./view-question";

export interface ViewsMenuProps extends Pick<ViewControl, "view" | "change"> {
  readonly close: () => void;
  readonly ask: (question: ViewQuestion) => void;
}

/** Every view there is, the one in force marked, and what can be done with it. */
export function ViewsMenu({ view, change, close, ask }: ViewsMenuProps) {
  const views = useViews(view);
  const actions = useActions(views, { view, ask });
  const box = useMenuFocus(views.isPending);

  const choose = (key: string, query: string) => () =>
    change((current) => ({ ...parseQuery(query).view, open: current.open, saved: key }), "push");
  const line = (key: string, entry: BuiltInView | SavedView): MenuItem => ({
    id: key,
    label: entry.name,
    checked: key === views.key,
    note: noteOf(views, key, "isShared" in entry ? entry : null),
    run: choose(key, entry.query),
  });
  const of = (isOwn: boolean) =>
    views.saved
      .filter((saved) => saved.isOwn === isOwn)
      .map((saved): MenuItem => ({ ...line(saved.id, saved), icon: isOwn ? Star : Users }));
  const groups: readonly (readonly MenuItem[])[] = [
    views.builtIn.map((entry) => ({ ...line(entry.key, entry), icon: LayoutList })),
    of(true),
    of(false),
    actions,
  ];
  const items = groups
    .filter((group) => group.length > 0)
    .flatMap((group, n): readonly (MenuItem | "separator")[] => (n === 0 ? group : ["separator", ...group]));
  const { error, refetch } = views.query;
  return (
    <div ref={box} role="presentation">
      <MenuItems items={items} close={close} />
      {error ? (
        <FailureBar
          error={error}
          onRetry={() => void refetch()}
          unaffected="The built-in views work as ever."
        />
      ) : null}
    </div>
  );
}

/** Whose it is, and how it stands. */
function noteOf({ key: inForce, isModified, defaultKey }: Views, key: string, saved: SavedView | null) {
  const notes = [
    ...(saved?.ownerName ? [`by ${saved.ownerName}`] : []),
    ...(saved?.isOwn && saved.isShared ? ["shared"] : []),
    ...(key === defaultKey ? ["default"] : []),
    ...(key === inForce && isModified ? ["modified"] : []),
  ];
  return notes.length > 0 ? notes.join(" · ") : undefined;
}

/** What can be done with the view in force. */
function useActions(
  { own, key, defaultKey, isModified, name }: Views,
  { view, ask }: Pick<ViewsMenuProps, "view" | "ask">,
): readonly MenuItem[] {
  const { organisation, permissions } = useSession();
  const act = useViewsAct(organisation.slug);
  // The menu is gone by the time of the answer, and callbacks of `mutate` with it.
  const perform = (input: ViewsAct, done: string) => () =>
    void act.mutateAsync(input).then(
      () => toast(done),
      (error: Error) => toast(`${error.message}. Nothing was changed.`, { tone: "danger" }),
    );
  const copy = async () => {
    const address = routes.incidents(organisation.slug, { ...formatView(view), open: null, view: key });
    const isCopied = await copyText(new URL(address, location.origin).href);
    toast(isCopied ? "Link copied" : "The browser does not let us copy");
  };
  const mayShare = own?.isOwn && (own.isShared || permissions.includes("views:share"));
  return [
    ...(own?.mayChange && isModified
      ? [
          {
            label: "Save",
            icon: Save,
            run: perform(
              { act: "change", id: own.id, query: formatQuery(view) },
              `The view “${name}” is saved`,
            ),
          },
        ]
      : []),
    { label: "Save as…", icon: SaveAll, run: () => ask({ kind: "save" }) },
    ...(own?.mayChange
      ? [{ label: "Rename…", icon: Pencil, run: () => ask({ kind: "rename", saved: own }) }]
      : []),
    ...(own && mayShare
      ? [
          {
            label: own.isShared ? "Make private" : "Share with everybody",
            icon: own.isShared ? Lock : Users,
            run: perform(
              { act: "change", id: own.id, isShared: !own.isShared },
              own.isShared ? `Only you see “${name}” now` : `Everybody here can use “${name}” now`,
            ),
          },
        ]
      : []),
    ...(key === defaultKey
      ? []
      : [
          {
            label: "Use as default",
            icon: Pin,
            run: perform(
              { act: "default", key: key === openWorkKey ? null : key },
              `Incidents open with “${name}” now`,
            ),
          },
        ]),
    { label: "Copy link", icon: LinkIcon, run: () => void copy() },
    { label: "Notices…", icon: Bell, run: () => ask({ kind: "notices" }) },
    ...(own && (own.isOwn || own.mayChange)
      ? [{ label: "Delete…", icon: Trash2, danger: true, run: () => ask({ kind: "delete", saved: own }) }]
      : []),
  ];
}
