import { reasonLength } from "@/lib/domain/webhook-notes";

/** The fields of a webhook that a person writes. */
export interface WebhookFields {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
}

export type WebhookField = keyof WebhookFields;
export const webhookFieldNames = ["name", "description", "url", "eventTypes"] as const;

export const nameLimit = 200;
export const descriptionLimit = 1000;
const urlLimit = 2048;
export const eventTypesLimit = 50;

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What is wrong with an address before it is sent anywhere; null when nothing is. */
export function urlFault(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "") return "Enter the address that events are sent to.";
  if (trimmed.length > urlLimit) return `An address has at most ${urlLimit} characters.`;
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed))
    return "Enter a whole address, such as https://siem.example.com/hooks/contraforce.";
  const url = new URL(trimmed);
  if (url.username !== "" || url.password !== "")
    return "Take the user name and password out of the address; they go into the credentials.";
  if (url.hash !== "" || trimmed.endsWith("#")) return "Leave out what follows the #; it is never sent.";
  // Whether plain http to this machine is allowed (a test installation) is the server's to say.
  if (url.protocol !== "https:" && !loopback.has(url.hostname))
    return "The address must begin with https://.";
  return null;
}

const eventTypeForm = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.v[1-9]\d*$/;

/** What is wrong with an event type that a person types; null when nothing is. */
export function eventTypeFault(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "") return "Enter an event type.";
  if (trimmed.length > nameLimit || !eventTypeForm.test(trimmed))
    return "Event types look like incident.created.v1: a thing, what happened to it, a version.";
  return null;
}

/** Every fault of the form, by field. */
export function webhookFaults(fields: WebhookFields): Partial<Record<WebhookField, string>> {
  const faults: Partial<Record<WebhookField, string>> = {};
  const name = fields.name.trim();
  if (name === "") faults.name = "Enter a name.";
  else if (name.length > nameLimit) faults.name = `A name has at most ${nameLimit} characters.`;
  if (fields.description.trim().length > descriptionLimit)
    faults.description = `A description has at most ${descriptionLimit} characters.`;
  const url = urlFault(fields.url);
  if (url) faults.url = url;
  if (fields.eventTypes.length === 0) faults.eventTypes = "Choose at least one event.";
  else if (fields.eventTypes.length > eventTypesLimit)
    faults.eventTypes = `At most ${eventTypesLimit} events go to one webhook.`;
  return faults;
}

/** What is wrong with a reason; null when nothing is. */
export function reasonFault(text: string): string | null {
  const { length } = text.trim();
  if (length < reasonLength.least) return "Say why, in a few words.";
  return length > reasonLength.most ? `A reason has at most ${reasonLength.most} characters.` : null;
}

export type CredentialKind = "None" | "BasicAuth" | "BearerToken";

export interface CredentialFieldValues {
  readonly authenticationType: CredentialKind;
  readonly token: string;
  readonly signingToken: string;
  readonly username: string;
  readonly password: string;
}

export type CredentialField = keyof CredentialFieldValues;
export const credentialFieldNames = [
  "authenticationType",
  "token",
  "signingToken",
  "username",
  "password",
] as const;

/** The shortest signing token that we send: shorter keys can be guessed. */
export const signingTokenFloor = 24;

/** What is missing or too weak in the credentials, by field. An empty signing token keeps the one that ContraForce made. */
export function credentialFaults(values: CredentialFieldValues): Partial<Record<CredentialField, string>> {
  const faults: Partial<Record<CredentialField, string>> = {};
  const { authenticationType: kind } = values;
  if (kind === "BearerToken" && values.token === "") faults.token = "Enter the token.";
  if (kind === "BasicAuth" && values.username.trim() === "") faults.username = "Enter the user name.";
  if (kind === "BasicAuth" && values.username.includes(":"))
    faults.username = "A user name here has no colon.";
  if (kind === "BasicAuth" && values.password === "") faults.password = "Enter the password.";
  if (values.signingToken !== "" && values.signingToken.length < signingTokenFloor)
    faults.signingToken = `A signing token has at least ${signingTokenFloor} characters; shorter ones can be guessed.`;
  return faults;
}

/** The body of a credential call: only what belongs to the kind, so that nothing typed under another kind is sent. */
export function credentialBody(values: CredentialFieldValues): {
  readonly authenticationType: CredentialKind;
  readonly token?: string;
  readonly signingToken?: string;
  readonly username?: string;
  readonly password?: string;
} {
  const { authenticationType, token, signingToken, username, password } = values;
  return {
    authenticationType,
    ...(authenticationType === "BearerToken" && { token }),
    ...(authenticationType === "BasicAuth" && { username: username.trim(), password }),
    ...(signingToken !== "" && { signingToken }),
  };
}
