import "server-only";
import { z } from "zod";
import { formatQuery, parseQuery, viewParams } from "@/lib/domain/incident-view-codec";
import { viewNameMax } from "@/lib/domain/saved-view";

/** Two hundred workspaces in a filter make 8,000 characters. */
const longestQuery = 16_000;

const name = z
  .string()
  .trim()
  .min(1, "Enter a name for the view.")
  .max(viewNameMax, `Use at most ${viewNameMax} characters.`)
  .regex(/^\P{C}*$/u, "Use letters, numbers and signs only.");

const kept: ReadonlySet<string> = new Set(viewParams.filter((param) => param !== "open" && param !== "view"));

/** The view as the text of an address. Whatever the list itself would leave out of it is refused here. */
const query = z
  .string()
  .max(longestQuery, "This view holds too much to be saved.")
  .transform((text, check) => {
    const foreign = [...new URLSearchParams(text).keys()].filter((key) => !kept.has(key));
    const { view, notes } = parseQuery(text);
    const faults = [
      ...foreign.map((key) => `${key.slice(0, 40)} is no part of a saved view`),
      ...notes.map(({ message }) => message),
    ];
    for (const message of faults.slice(0, 20)) check.addIssue({ code: "custom", message });
    return faults.length > 0 ? z.NEVER : formatQuery(view);
  });

/** Body of `POST /api/<org>/views`. */
export const newViewInput = z.strictObject({ name, query, isShared: z.boolean().default(false) });

/** Body of `PUT /api/<org>/views/<view>`: what is left out stays as it is. */
export const viewInput = z.strictObject({
  name: name.optional(),
  query: query.optional(),
  isShared: z.boolean().optional(),
});

/** Body of `PUT /api/<org>/views/default`; null: open work. */
export const defaultInput = z.strictObject({ key: z.string().max(36).nullable() });

export type NewViewInput = z.output<typeof newViewInput>;
export type ViewInput = z.output<typeof viewInput>;
export type DefaultInput = z.output<typeof defaultInput>;
