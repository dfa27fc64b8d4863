import "server-only";
import { z } from "zod";
import { readHttpsUrl } from "@/lib/server/env-values";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { allowedDestinations } from "@/lib/server/upstream/allowed-destinations";
import { DestinationError } from "@/lib/server/upstream/destinations";

const password = z.string().max(1_000).optional();

const baseUrl = z
  .string()
  .trim()
  .max(500, "Use at most 500 characters.")
  .transform((text, context) => {
    try {
      const address = readHttpsUrl(text, "address", { path: true });
      allowedDestinations().check(new URL(address));
      return address;
    } catch (error) {
      if (!(error instanceof StartupError || error instanceof DestinationError)) throw error;
      const message =
        error instanceof DestinationError
          ? error.sentence
          : "Enter an address that begins with https://, without user name, query or fragment.";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
  });

// RFC 7617: the user name of a Basic pair ends at the first colon.
const clientId = z
  .string()
  .trim()
  .regex(/^[\x21-\x39\x3b-\x7e]{1,200}$/, "Enter the client id as ContraForce shows it.");
const clientSecret = z
  .string()
  .min(1, "Enter the client secret.")
  .max(1_000, "Use at most 1,000 characters.")
  .transform((text) => new Secret(text));

const account = { clientId, clientSecret };

/** Body of `PUT /api/<org>/connection`. */
export const replaceInput = z.strictObject({ baseUrl, ...account, password });
/** Body of `POST /api/<org>/connection/credential`. */
export const credentialInput = z.strictObject({ ...account, password });
/** Body of `POST /api/<org>/connection/credential/{switch,retire}`: our id of the second credential, as it was shown. */
export const besideInput = z.strictObject({ id: z.uuid() });
/** Body of `POST /api/<org>/connection/test`: a stored credential, or one that has not been stored. */
export const testInput = z.union([
  z.strictObject({ credential: z.enum(["current", "beside"]) }),
  z.strictObject({ baseUrl, ...account }),
]);
