import "server-only";
import { z } from "zod";
import { roles } from "@/lib/domain/access";
import { passwordLength } from "@/lib/domain/password-rule";
import { emailInput, nameInput, newPasswordInput } from "@/lib/server/auth/account-input";

const workspaceIds = z
  .array(z.guid("Choose workspaces from the list.").transform((id) => id.toLowerCase()))
  .min(1, "Choose at least one workspace.")
  .max(1_000);

const scope = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("list"), workspaceIds }),
  z.strictObject({
    kind: z.literal("groups"),
    groupIds: z.array(z.uuid()).min(1, "Choose at least one group.").max(200),
  }),
]);

const role = z.enum(roles);

/** The acting person's own, for what asks for it (`confirmPerson`). */
const password = z.string().max(passwordLength.max).optional();

/** Body of `PUT /api/<org>/members/<person>`: the membership as it shall be. */
export const memberInput = z.strictObject({ role, scope, isDisabled: z.boolean(), password });

/** Body of `POST /api/<org>/invitations`. */
export const invitationInput = z.strictObject({
  email: emailInput,
  role,
  scope,
  password,
});

/** Body of `POST /api/<org>/workspace-groups`. */
export const groupInput = z.strictObject({
  name: z.string().trim().min(1, "Enter a name for the group.").max(80, "Use at most 80 characters."),
  workspaceIds,
});

/** Body of `PUT /api/<org>/workspace-groups/<group>`: workspaces that are left out stay as they are. */
export const groupChangeInput = groupInput.partial({ workspaceIds: true });

/** Body of the calls that need none. */
export const nothingInput = z.strictObject({}).optional();

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "This is not the link of an invitation.");

/** Body of `POST /api/invitations/look`. */
export const lookInput = z.strictObject({ token });

/** Body of `POST /api/invitations/accept`; name and password where the person has no account yet. */
export const acceptInput = z.strictObject({
  token,
  name: nameInput.optional(),
  password: newPasswordInput.optional(),
});

export type MemberInput = Omit<z.output<typeof memberInput>, "password">;
export type InvitationInput = Omit<z.output<typeof invitationInput>, "password">;
export type GroupInput = z.output<typeof groupInput>;
export type GroupChangeInput = z.output<typeof groupChangeInput>;
export type AcceptInput = z.output<typeof acceptInput>;
