import type { OperationOf } from "@/lib/contract";
import type { BodyOf } from "@/lib/contract/operation";

/** What the changes of a webhook send, as the contract has it. */
export type CreateBody = BodyOf<OperationOf<"webhooks.create">>;
export type UpdateBody = BodyOf<OperationOf<"webhooks.update">>;
export type CredentialsBody = BodyOf<OperationOf<"webhooks.credentials">>;
