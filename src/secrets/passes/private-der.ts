import type { Emit, Pass, PassRun } from "../pass.ts"
import { isBase64Row, padded, rowsFrom } from "../views/rows.ts"
import type { Span } from "../views/view.ts"

/**
 * How private keys begin in base64 where the armour around them was left out, as configuration files and consoles of
 * payment providers ask for: DER of PKCS#1 and SEC 1 (version, then modulus or key), PKCS#8 (version, then the
 * algorithm: RSA, EC, Ed25519, X25519, Ed448), encrypted PKCS#8 (PBES1, PBES2), PKCS#12 (version 3), and the magic
 * numbers of OpenSSH's format and of Java key stores. Public keys and certificates begin otherwise.
 */
const PRIVATE =
  /(?:MII[A-Za-z0-9+/]{3}IBA(?:A[JK][A-Z]|DANBgkqhkiG9w0BAQEFAAS|zC[AC])|MII[A-Za-z0-9+/]{5}BgkqhkiG9w0B(?:BQ|DA)|M[A-Z][A-Za-z0-9]{0,2}AgEAMB[AM]GByqGSM49AgEG|ME[A-Z]CAQAwE[AwQ]?YHKoZIzj0C|MC4CAQAwBQYDK2V[nu]?[wu]BCIE|MEcCAQAwBQYDK2VxBDsE|MHcCAQEEI|MIG[a-z]AgEBBD[A-D]|MIH[a-z]AgEBBE[I-L]|MIACAQMwgA|b3BlbnNzaC1rZXktdjEA|\/u3\+7QAAAAIAAAA)/y
const MIN_LENGTH = 60
const BACKSLASH = 92
/** Tag of every format above but the two with a magic number, and the first length byte that is no length itself. */
const SEQUENCE = 0x30
const INDEFINITE = 0x80

class PrivateDerRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(): void {}

  run(start: number, end: number): void {
    const text = this.#text
    const isEscape = text.charCodeAt(start - 1) === BACKSLASH
    const from = isKey(text, start) ? start : isEscape && isKey(text, start + 1) ? start + 1 : -1
    if (from === -1 || end <= this.#doneTo) return
    const digits = digitsOfKey(text, from)
    const rows = within(digits, rowsFrom(text, from, end, isBase64Row, digits))
    const last = rows.at(-1)
    if (last === undefined || rows.reduce((sum, row) => sum + row.end - row.start, 0) < MIN_LENGTH) return
    this.#doneTo = last.end
    for (const row of rows) this.#emit("private-key-der", row.start, padded(text, row.end))
  }
}

function isKey(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  // M, b, slash
  if (code !== 77 && code !== 98 && code !== 47) return false
  PRIVATE.lastIndex = at
  return PRIVATE.test(text)
}

/** The rows, or parts of rows, that hold the first `digits`. */
function within(digits: number, rows: readonly Span[]): readonly Span[] {
  let passed = 0
  return rows.flatMap(({ start, end }) => {
    const left = digits - passed
    passed += end - start
    return left > 0 ? [{ start, end: Math.min(end, start + left) }] : []
  })
}

/** How many base64 digits the key at `start` has, as DER says itself (X.690 section 8.1.3); no end where it does not. */
function digitsOfKey(text: string, start: number): number {
  const [tag, length = 0, high = 0, low = 0] = Buffer.from(text.slice(start, start + 8), "base64")
  if (tag !== SEQUENCE || length === INDEFINITE) return Number.POSITIVE_INFINITY
  const bytes = length < INDEFINITE ? 2 + length : length === 0x81 ? 3 + high : 4 + high * 256 + low
  return Math.ceil((bytes * 4) / 3)
}

/** Private keys and key stores in base64 without BEGIN and END lines. */
export const privateDerPass: Pass = {
  detectors: [
    {
      id: "private-key-der",
      title: "Private key or key store in base64 without its armour (PKCS#1, #8, #12, SEC 1, OpenSSH, JKS)",
      source: "https://www.rfc-editor.org/rfc/rfc5958#section-2",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: [],
  begin: (text, emit) => new PrivateDerRun(text, emit),
}
