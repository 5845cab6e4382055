import type { CleanKind, RandomText } from "./random-text.ts"

const KUBERNETES = "bcdfghjklmnpqrstvwxz2456789"
const NAMES = [
  "configure-aws-credentials",
  "create-github-app-token",
  "get-secretmanager-secrets",
  "rotate-api-key",
  "reset-password",
  "secret",
] as const
const upperHex = (r: RandomText, length: number): string => r.hex(length).toUpperCase()
const name = (r: RandomText): string => `${r.word()}/${r.of(NAMES)}`
const wrapped = (base64: string, width: number, indent = ""): string =>
  (base64.match(new RegExp(`.{1,${width}}`, "g")) ?? []).map((row) => indent + row).join("\n")
/** Base64 of bytes that begin with `head`, as DER does. */
const der = (r: RandomText, head: readonly number[], bytes: number): string =>
  btoa(String.fromCharCode(...head, ...Array.from({ length: bytes }, () => r.int(0, 255))))

/** Commits, ids, addresses and public keys that stand behind words for secrets. */
export const pinned: Readonly<Record<string, CleanKind>> = {
  "actions pinned to a commit": (r) =>
    `      - uses: ${name(r)}@${r.hex(40)} # v4\n      - uses: "${name(r)}@${r.hex(40)}"\n    uses: '${name(r)}/.github/workflows/a.yml@${r.hex(40)}'`,
  "packages of a commit": (r) =>
    `git+https://git.example.test/${name(r)}@${r.hex(40)}\npip install git+ssh://git@git.example.test/${name(r)}@${r.hex(40)}#egg=x\n${name(r)}@sha256:${r.hex(64)}`,
  "pods with a generated name": (r) =>
    `${r.of(["secret-manager", "api-secret", "token-service", "secret"])}-${r.chars(KUBERNETES, 10)}-${r.chars(KUBERNETES, 5)}   1/1   Running`,
  "checksums of pods": (r) =>
    `SPEC CHECKSUMS:\n  ${r.camel(2)}: ${r.hex(40)}\n  GoogleSignInToken: ${r.hex(40)}\n  AppAuthToken: ${r.hex(40)}`,
  "the key git signs with": (r) =>
    `git config --global user.signingkey ${upperHex(r, r.of([16, 40]))}\n[user]\n\tsigningkey = ${upperHex(r, 40)}\n\tsigningKey = 0x${upperHex(r, 16)}\nuser.signingkey=${r.hex(40)}`,
  "keys of rows and documents": (r) =>
    `<li key="${r.uuid()}">\n<item key="${r.uuid()}">x</item>\n<div data-key="${r.uuid()}">\n{"_key":"${r.hex(32)}"}\nbuild_key = "${r.hex(40)}"`,
  "keys of objects and caches": (r) =>
    `{"Key":"${r.hex(64)}","ETag":"${r.hex(32)}"}\n{"Bucket":"${r.word()}","Key":"${r.hex(40)}"}\nGET key=${r.hex(32)} ttl=60\ncache key=${r.hex(32)} hit`,
  "public keys": (r) =>
    `{"pubkey":"${r.hex(64)}"}\npubkey: 0x${r.hex(96)}\nverifying_key = "${r.hex(64)}"\n"verifyingKey": "${r.base64(32)}"`,
  "addresses of tokens": (r) =>
    `const token = "0x${r.hex(40)}"\ntoken: "0x${upperHex(r, 40)}"\ntokenA = 0x${r.hex(40)}\n{"token":"0x${r.hex(40)}"}`,
  "compressed data": (r) =>
    `DATA = """\nH4sIAAAAAAAAA${wrapped(r.base64(600), r.of([64, 76]))}\n"""\npayload: |\n${wrapped(`H4sIAAAAAAAAA${r.base64(600)}`, 64, "  ")}`,
  "lists, answers and messages of X.509": (r) =>
    `crl: |\n${wrapped(der(r, [0x30, 0x82, 2, 9, 0x30, 0x81, 0xf3, 2, 1, 1], 520), 64, "  ")}\nocsp = """\n${wrapped(der(r, [0x30, 0x82, 2, 9, 10, 1, 0, 0xa0, 0x82], 520), 64)}\n"""\npkcs7 = """\n${wrapped(der(r, [0x30, 0x82, 2, 9, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 2, 0xa0], 520), 64)}\n"""`,
  "a certificate with KEY at the end of a row": (r) =>
    `-----BEGIN CERTIFICATE-----\n${wrapped(r.base64(96), 64)}\n${r.alnum(60)}cKEY\n${r.alnum(44)}=\n-----END CERTIFICATE-----`,
}
