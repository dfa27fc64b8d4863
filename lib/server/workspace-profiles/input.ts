import "server-only";
import { z } from "zod";
import {
  changedAtOnce,
  hiddenReasonMax,
  ownNameMax,
  tagFault,
  tagsPerWorkspace,
  tidyTag,
  tidyText,
} from "@/lib/domain/workspace-profile";

const noControls = /^\P{C}*$/u;
const signsOnly = "Use letters, numbers and signs only.";

/** What is wrong with one of them is said of all: a form has one field for them. */
const tags = z
  .array(z.string().max(200))
  .max(200)
  .transform((list, check) => {
    const tidy = [...new Set(list.map(tidyTag))].sort();
    const faults = new Set(tidy.map(tagFault).filter((fault) => fault !== null));
    if (tidy.length > tagsPerWorkspace) faults.add(`Use at most ${tagsPerWorkspace} tags.`);
    for (const message of faults) check.addIssue({ code: "custom", message });
    return faults.size > 0 ? z.NEVER : tidy;
  });

/** Empty: upstream's name stands again. */
const ownName = z
  .string()
  .transform(tidyText)
  .pipe(z.string().max(ownNameMax, `Use at most ${ownNameMax} characters.`).regex(noControls, signsOnly))
  .transform((text) => (text === "" ? null : text));

const hidden = z
  .strictObject({
    reason: z
      .string()
      .transform(tidyText)
      .pipe(
        z
          .string()
          .min(1, "Say why, so that the next person knows.")
          .max(hiddenReasonMax, `Use at most ${hiddenReasonMax} characters.`)
          .regex(noControls, signsOnly),
      ),
  })
  .nullable();

const groupIds = z.array(z.uuid().toLowerCase()).max(200);
const groups = z.strictObject({ add: groupIds, remove: groupIds });

/** Body of `PUT /api/<org>/workspaces/<workspace>`: what is left out stays as it is. Groups come as a difference: others change them, too. */
export const profileInput = z.strictObject({
  /** Of the profile that the person saw; 0: there was none. */
  revision: z.int().min(0),
  ownName: ownName.optional(),
  tags: tags.optional(),
  hidden: hidden.optional(),
  groups: groups.optional(),
});

/** Body of `POST /api/<org>/workspaces/changes`: the same done to several. */
export const changesInput = z.strictObject({
  workspaceIds: z
    .array(z.guid("Choose workspaces from the list.").toLowerCase())
    .min(1, "Choose at least one workspace.")
    .max(changedAtOnce, `Change at most ${changedAtOnce} workspaces at once.`)
    .transform((ids) => [...new Set(ids)].sort()),
  tags: z.strictObject({ add: tags, remove: tags }).optional(),
  groups: groups.optional(),
  hidden: hidden.optional(),
});

export type ProfileInput = z.output<typeof profileInput>;
export type ChangesInput = z.output<typeof changesInput>;
