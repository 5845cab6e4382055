import type { Emit, Pass, PassRun } from "../pass.ts"

/** A service account's file has 2.4 kB; nested and escaped twice it has less than this. */
const MAX_REACH = 6 * 1024
/** The key itself, whatever the escapes around it. */
const HOLDS_KEY = /private_key\\{0,7}["']\s{0,8}:\s{0,8}\\{0,7}["']-----BEGIN/

class ServiceAccountRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const before = this.#text.slice(Math.max(this.#doneTo, start - MAX_REACH), start)
    this.#doneTo = end
    const open = before.lastIndexOf("{")
    const close = this.#text.slice(end, end + MAX_REACH).indexOf("}")
    if (open === -1 || close === -1 || before.includes("}", open)) return
    const from = start - before.length + open
    const to = end + close + 1
    if (!HOLDS_KEY.test(this.#text.slice(from, to))) return
    this.#doneTo = to
    this.#emit("google-service-account", from, to)
  }
}

/**
 * The whole object of a Google service account's key file: ids and addresses in it name the account that the key
 * opens, and nothing in it is of use without the key.
 */
export const serviceAccountPass: Pass = {
  detectors: [
    {
      id: "google-service-account",
      title: "Key file of a Google service account",
      source: "https://cloud.google.com/iam/docs/keys-create-delete",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: ["auth_provider_x509_cert_url"],
  begin: (text, emit) => new ServiceAccountRun(text, emit),
}
