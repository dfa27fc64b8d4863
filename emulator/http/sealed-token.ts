import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";

/**
 * Opaque tokens (AES-256-GCM) around a small JSON value. The key comes from the seed, so that tokens outlive a reset
 * with the same seed; the nonce comes from the content, so that the same value has the same token.
 */
export class SealedTokens {
  readonly #key: Buffer;

  constructor(seed: number) {
    this.#key = createHash("sha256").update(`emulator tokens ${seed}`).digest();
  }

  /** @param purpose what the token is for; it opens for the same purpose only */
  seal(purpose: string, value: unknown): string {
    const plain = Buffer.from(JSON.stringify(value));
    const nonce = createHmac("sha256", this.#key).update(purpose).update(plain).digest().subarray(0, 12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64");
  }

  /** The value, or `null` for anything that `seal` did not write for this purpose, character by character. */
  open(purpose: string, token: string): unknown {
    const bytes = Buffer.from(token, "base64");
    // Another spelling of the same bytes is a changed token too.
    if (bytes.length < 29 || bytes.toString("base64") !== token) return null;
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(bytes.length - 16));
      const sealed = bytes.subarray(12, bytes.length - 16);
      return JSON.parse(Buffer.concat([decipher.update(sealed), decipher.final()]).toString("utf8"));
    } catch {
      return null;
    }
  }
}
