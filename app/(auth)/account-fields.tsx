import { TextField } from "@/components/ui/text-field";
import { passwordLength } from "@/lib/domain/password-rule";

export interface AccountFieldsProps {
  readonly errors: { readonly name?: string; readonly password?: string };
  /** The form begins with these. */
  readonly isFirst?: boolean;
}

/** What a new account is made of, beside its e-mail address: `name` and `password`. */
export function AccountFields({ errors, isFirst }: AccountFieldsProps) {
  return (
    <>
      <TextField
        label="Your name"
        name="name"
        size="large"
        autoComplete="name"
        maxLength={100}
        error={errors.name}
        required
        autoFocus={isFirst}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        size="large"
        autoComplete="new-password"
        minLength={passwordLength.min}
        maxLength={passwordLength.max}
        hint={`At least ${passwordLength.min} characters. A few words in a row are fine.`}
        error={errors.password}
        required
      />
    </>
  );
}
