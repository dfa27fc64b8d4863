import "server-only";
import { z } from "zod";
import { normaliseEmail } from "@/lib/domain/email";
import { passwordLength } from "@/lib/domain/password-rule";

const characters = (text: string) => [...text].length;

/** An e-mail address, in the form in which people are known by it. */
export const emailInput = z
  .string()
  .max(254)
  .transform((text, context) => {
    const email = normaliseEmail(text);
    if (email === null) context.addIssue({ code: "custom", message: "Enter an e-mail address." });
    return email ?? z.NEVER;
  });

/** What others will see of a person. */
export const nameInput = z
  .string()
  .trim()
  .min(1, "Enter your name, as colleagues will see it.")
  .max(100, "Use at most 100 characters.");

/** A password that is being chosen. */
export const newPasswordInput = z
  .string()
  .refine((text) => characters(text) >= passwordLength.min, `Use at least ${passwordLength.min} characters.`)
  .refine((text) => text.length <= passwordLength.max, `Use at most ${passwordLength.max} characters.`);
