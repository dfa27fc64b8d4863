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

const tag = z.string().transform((text, check) => {
  const tidy = tidyTag(text);
  const message = tagFault(tidy);
  if (message !== null) check.addIssue({ code: "custom", message });
  return message === null ? tidy : z.NEVER;
});

const tags = z
  .array(tag)
  .max(tagsPerWorkspace, `Use at most ${tagsPerWorkspace} tags.`)
  .transform((list) => [...new Set(list)].sort());

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
