import type { CleanKind, RandomText } from "./random-text.ts"
import { BASE64 } from "../fake-token.ts"

const VLQ = BASE64
const hexColor = (r: RandomText): string => `#${r.hex(6)}`
const armor = (r: RandomText, label: string, lines: number): string =>
  `-----BEGIN ${label}-----\n${r.lines(lines, () => r.chars(BASE64, 64))}\n${r.base64(20)}\n-----END ${label}-----`

/** Source, markup, styles, bundles, public keys and encoded files. */
export const code: Readonly<Record<string, CleanKind>> = {
  identifiers: (r) =>
    r.lines(
      6,
      () => `export function ${r.camel(5)}(${r.camel(3)}: ${r.camel(2)}, ${r.words(4, "_")}_2): void {}`,
    ),
  "long identifiers": (r) =>
    r.lines(
      6,
      () => `const ${r.words(5, "_").toUpperCase()}_V${r.int(1, 9)} = "${r.words(6, "-")}-${r.int(1, 2099)}"`,
    ),
  "secret identifiers": (r) =>
    `const accessToken = await get${r.camel(2)}Token(${r.camel(2)}.secretKey)\nif (token === ${r.camel(2)}.TOKEN_KIND_${r.int(1, 9)}) return secret${r.int(1, 9)}\nexport const TOKEN_STORAGE_KEY = "${r.words(2, ".")}.token"\nprocess.env.${r.word().toUpperCase()}_API_KEY`,
  "i18n keys": (r) =>
    JSON.stringify(
      Object.fromEntries(
        Array.from({ length: 5 }, () => [`${r.words(4, ".")}.title_${r.int(1, 99)}`, r.words(4, " ")]),
      ),
      null,
      2,
    ),
  "css modules": (r) =>
    `.${r.word()}_${r.camel(2)}__${r.alnum(5)} { color: ${hexColor(r)}; }\n<div class="css-${r.lowerAlnum(7)} sc-${r.alnum(6)} ${r.word()}-module__${r.camel(2)}--${r.alnum(5)} jss${r.digits(4)}">`,
  colors: (r) =>
    `const palette = [${Array.from({ length: 20 }, () => `"${hexColor(r)}"`).join(", ")}]\n--${r.word()}: ${hexColor(r)}${r.hex(2)};`,
  "svg path": (r) =>
    `<path d="M${r.digits(2)}.${r.digits(3)} ${Array.from({ length: 40 }, () => `${r.of(["l", "c", "h", "v", "a"])}${r.digits(2)}.${r.digits(3)}-${r.digits(1)}.${r.digits(2)}`).join("")}z"/>`,
  "source map": (r) =>
    JSON.stringify({
      version: 3,
      sources: [r.path()],
      names: [r.camel(2)],
      mappings: Array.from({ length: 60 }, () => r.chars(VLQ, r.int(4, 8))).join(","),
    }),
  "inline source map": (r) =>
    `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${r.base64(240)}\n//# debugId=${r.uuid()}`,
  "data url": (r) =>
    `background: url(data:image/png;base64,iVBORw0KGgo${r.base64(300)});\nsrc="data:font/woff2;base64,d09GMgAB${r.base64(300)}"`,
  "base64 image": (r) => `{"image": "iVBORw0KGgo${r.base64(600)}", "type": "image/png"}`,
  "minified bundle": (r) =>
    Array.from(
      { length: 40 },
      () =>
        `function ${r.letters(2)}(e,t){return ${r.letters(1)}.${r.camel(2)}(${r.digits(4)},"${r.camel(2)}"),t.${r.letters(2)}=${r.letters(1)}[${r.digits(3)}]}`,
    ).join(";") +
    `;var ${r.letters(1)}={${Array.from({ length: 12 }, () => `${r.digits(4)}:"${r.hex(8)}"`).join(",")}};${r.letters(1)}.u=e=>"static/chunks/"+e+"."+{${r.digits(3)}:"${r.hex(16)}"}[e]+".js"`,
  "webpack manifest": (r) =>
    JSON.stringify(
      Object.fromEntries(
        Array.from({ length: 5 }, () => [`${r.word()}.js`, `/static/${r.word()}.${r.hex(20)}.js`]),
      ),
    ),
  "public certificate": (r) => armor(r, "CERTIFICATE", 14),
  "public key": (r) => armor(r, r.of(["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE REQUEST", "X509 CRL"]), 6),
  "pgp public": (r) =>
    armor(r, r.of(["PGP PUBLIC KEY BLOCK", "PGP SIGNATURE", "PGP MESSAGE", "SSH SIGNATURE"]), 10),
  "tokens of a form": (r) =>
    `<meta name="csrf-token" content="${r.base64(64)}">\n<input type="hidden" name="csrfmiddlewaretoken" value="${r.alnum(64)}">`,
  "ssh public": (r) =>
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB${r.base64(240)} me@laptop\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.chars(BASE64, 43)} deploy\necdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY${r.base64(60)} ci`,
  "known hosts": (r) =>
    `|1|${r.base64(20)}|${r.base64(20)} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.chars(BASE64, 43)}\ngit.example.test,${r.ip()} ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB${r.base64(240)}`,
  "age recipients": (r) => `# public key: age1${r.chars("023456789acdefghjklmnpqrstuvwxyz", 58)}`,
  "wireguard peer": (r) => `[Peer]\nPublicKey = ${r.base64(32)}\nAllowedIPs = ${r.ip()}/32`,
  jwks: (r) =>
    JSON.stringify(
      {
        keys: [
          {
            kty: "RSA",
            alg: "RS256",
            use: "sig",
            kid: r.base64url(43),
            n: r.base64url(342),
            e: "AQAB",
            x5t: r.base64url(27),
            "x5t#S256": r.base64url(43),
          },
          { kty: "EC", crv: "P-256", kid: r.hex(40), x: r.base64url(43), y: r.base64url(43) },
        ],
      },
      null,
      2,
    ),
  "cosign bundle": (r) =>
    JSON.stringify({
      base64Signature: r.base64(71),
      cert: r.base64(400),
      rekorBundle: { SignedEntryTimestamp: r.base64(71), Payload: { logID: r.hex(64), logIndex: 1 } },
    }),
  "test snapshot": (r) =>
    `exports[\`${r.words(3, " ")} 1\`] = \`\n<div\n  class="css-${r.lowerAlnum(8)}"\n  data-hash="${r.hex(16)}"\n  id="radix-:r${r.int(1, 9)}:"\n/>\n\`;\nexpect(hash).toBe("${r.hex(64)}")\nexpect(etag).toEqual('${r.hex(32)}')`,
  "hex constants": (r) =>
    `const K = [${Array.from({ length: 16 }, () => `0x${r.hex(8)}`).join(", ")}]\nconst P = 0x${r.hex(64)}n\nstatic const uint8_t table[] = "\\x${Array.from({ length: 30 }, () => r.hex(2)).join("\\x")}"`,
  "c header": (r) =>
    r.lines(
      4,
      () =>
        `#define ${r.words(2, "_").toUpperCase()}_PRIVATE_KEY 0x${r.hex(8)}UL\n#define ${r.word().toUpperCase()}_SECRET 0x${r.hex(4)}\n#define ${r.word().toUpperCase()}_PASSWORD  0x${r.hex(8)}`,
    ),
  "hex tables": (r) => `[${Array.from({ length: 8 }, () => `"${r.hex(64 - r.int(0, 3))}"`).join(",")}]`,
  jupyter: (r) =>
    JSON.stringify(
      {
        cells: [
          {
            cell_type: "code",
            execution_count: 3,
            id: r.hex(8),
            metadata: { id: r.alnum(12) },
            outputs: [
              {
                data: {
                  "image/png": `iVBORw0KGgo${r.base64(300)}`,
                  "text/plain": [`<Figure at 0x${r.hex(12)}>`],
                },
              },
            ],
          },
        ],
      },
      null,
      1,
    ),
  protobuf: (r) =>
    `var fileDescriptor_${r.hex(16)} = []byte{\n${r.lines(4, () => Array.from({ length: 14 }, () => `0x${r.hex(2)},`).join(" "))}\n}\nDESCRIPTOR = pool.AddSerializedFile(b'\\n\\x0b${r.word()}.proto\\x12\\x05${r.word()}')`,
  "urls with ids": (r) =>
    `https://${r.domain()}/d/1${r.base64url(43)}/edit\nhttps://${r.domain()}/watch?v=${r.base64url(11)}&list=PL${r.base64url(32)}\nhttps://${r.domain()}/files/${r.hex(32)}/${r.uuid()}.png?v=${r.hex(20)}\nhttps://avatars.${r.domain()}/u/${r.digits(8)}?s=96&d=identicon&hash=${r.hex(64)}`,
  "file names": (r) =>
    r.lines(5, () =>
      r.of([
        `${r.word()}-${r.hex(40)}.tar.gz`,
        `${r.words(2, "_")}_${r.digits(14)}_${r.word()}.sql`,
        `IMG_${r.digits(8)}_${r.digits(6)}.jpg`,
        `${r.word()}.${r.hex(8)}.min.css`,
        `${r.uuid()}.log`,
        `lib${r.word()}-${r.hex(16)}.rlib`,
        `${r.word()}-${r.hex(16)}.d`,
      ]),
    ),
  "xcode project": (r) =>
    r.lines(
      4,
      () =>
        `\t\t${r.hex(24).toUpperCase()} /* ${r.camel(2)}.swift in Sources */ = {isa = PBXBuildFile; fileRef = ${r.hex(24).toUpperCase()} /* ${r.camel(2)}.swift */; };`,
    ),
  "unity meta": (r) =>
    `fileFormatVersion: 2\nguid: ${r.hex(32)}\nMonoImporter:\n  externalObjects: {}\n  m_Script: {fileID: ${r.digits(8)}, guid: ${r.hex(32)}, type: 3}`,
  "visual studio": (r) =>
    `Project("{${r.uuid().toUpperCase()}}") = "${r.camel(2)}", "${r.camel(2)}.csproj", "{${r.uuid().toUpperCase()}}"`,
  "assembly keys": (r) =>
    `[assembly: InternalsVisibleTo("${r.camel(2)}, PublicKey=0024000004800000940000000602000000240000525341310004000001000100${r.hex(256)}")]\nPublicKeyToken=${r.hex(16)}`,
  "sql migration": (r) =>
    `CREATE TABLE ${r.word()} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), FOREIGN KEY (${r.word()}_id) REFERENCES ${r.word()}(id), UNIQUE KEY idx_${r.words(2, "_")}_${r.int(1, 99)} (${r.word()}));\nINSERT INTO ${r.word()} VALUES ('${r.uuid()}', '${r.timestamp()}', '${r.words(3, " ")}');\n-- checksum: ${r.hex(32)}`,
  "alembic revision": (r) =>
    `revision = "${r.hex(12)}"\ndown_revision = "${r.hex(12)}"\nRevision ID: ${r.hex(12)}`,
  "graphql query": (r) =>
    `{"operationName":"${r.camel(3)}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${r.hex(64)}"}},"variables":{"after":"${r.base64(18)}"}}`,
  "analytics ids": (r) =>
    `gtag('config', 'G-${r.upperAlnum(10)}')\nUA-${r.digits(8)}-1\n<meta name="google-site-verification" content="${r.base64url(43)}">\nGTM-${r.upperAlnum(7)}`,
  "api prose": (r) =>
    `The access token expires after ${r.digits(4)} seconds. Set API_KEY in your environment. Your secret key is shown once; see ${r.word()} ${r.semver()}. Pass the bearer token in the Authorization header. The private key never leaves the device (${r.uuid()}).`,
  markdown: (r) =>
    `| Option | Type | Default |\n|---|---|---|\n${r.lines(4, () => `| \`${r.camel(3)}\` | \`string\` | \`"${r.words(2, "-")}"\` |`)}\n\n[${r.hex(7)}](https://git.example.test/commit/${r.hex(40)}) fix(${r.word()}): ${r.words(4, " ")}`,
  changelog: (r) =>
    r.lines(
      4,
      () =>
        `- ${r.words(5, " ")} ([#${r.digits(4)}](https://git.example.test/pull/${r.digits(4)})) ([${r.hex(7)}](https://git.example.test/commit/${r.hex(40)}))`,
    ),
}
