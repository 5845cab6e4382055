import type { CleanKind, RandomText } from "./random-text.ts"

const KUBERNETES = "bcdfghjklmnpqrstvwxz2456789"
const constant = (r: RandomText): string => r.words(2, "_").toUpperCase()
const upperHex = (r: RandomText, length: number): string => r.hex(length).toUpperCase()
const pod = (r: RandomText): string =>
  `${r.of(["auth-token", "password", "secret", r.word()])}-${r.chars(KUBERNETES, r.int(8, 10))}-${r.chars(KUBERNETES, 5)}`

/** What tools print, write and keep: plans, manifests, caches, logs of builds, lists of checksums. */
export const toolOutput: Readonly<Record<string, CleanKind>> = {
  "secrets in ARNs": (r) =>
    `"secret_arn": { "value": "arn:aws:secretsmanager:eu-west-1:${r.digits(12)}:secret:${r.words(2, "-")}-${r.alnum(6)}" }\naws_secretsmanager_secret.${r.word()}: Refreshing state... [id=arn:aws:secretsmanager:us-east-1:${r.digits(12)}:secret:${r.word()}1-auth-${r.alnum(6)}|${r.uuid()}]`,
  "terraform plan": (r) =>
    `      + kms_key_id                            = "arn:aws:kms:eu-west-1:${r.digits(12)}:key/${r.uuid()}"\n        performance_insights_kms_key_id       = "key/${r.uuid()}"\n        resource_id                           = "db-${r.upperAlnum(26)}"\n      ~ password                              = (sensitive value)`,
  "terraform state": (r) =>
    JSON.stringify({
      private: btoa(JSON.stringify({ [r.uuid()]: { create: 600000000000, update: 600000000000 } })),
      source_code_hash: `fn${r.alnum(41)}=`,
    }),
  "annotations with digests": (r) =>
    `  annotations:\n    checksum/config: ${r.hex(64)}\n    checksum/secret: ${r.hex(64)}\nAnnotations:      checksum/secrets: ${r.hex(64)}\n                  checksum/credentials.yaml: ${r.hex(64)}`,
  pods: (r) =>
    `  name: ${pod(r)}\n  generateName: device-token-${r.chars(KUBERNETES, 10)}-\nName:             ${pod(r)}\n${pod(r)}   1/1   Running   0   ${r.digits(2)}d`,
  "template filters": (r) =>
    `  password: {{ .Values.auth.password | b64enc | quote }}\n  token: "{{ ${r.word()}_token | b64encode }}"\n  {% if password | length %}{{ secret | hash256x('sha512') }}{% endif %}`,
  "docker objects": (r) =>
    `"SandboxKey": "/var/run/docker/netns/${r.hex(12)}",\n"NGINX_GPGKEY=${upperHex(r, 40)}",\nENV GPG_KEY=${upperHex(r, 40)}\nGPGKEY: ${upperHex(r, 40)}`,
  signatures: (r) =>
    `gpg:                using RSA key ${upperHex(r, 40)}\ngpg: using ECDSA key ${upperHex(r, 40)}\ngpg: key ${upperHex(r, 16)}: public key "${r.word()}" imported`,
  "cache keys": (r) =>
    `Cache restored from key: macOS-${r.word()}-${r.hex(64)}\nCache saved with key: ${r.word()}.cache-${r.digits(4)}-${r.hex(40)}\n> Task :${r.word()}:compileJava UP-TO-DATE (build cache key ${r.hex(32)})\n• Remote caching enabled  key ${r.hex(16)}\nFound a cache from build ${r.digits(4)} at ${r.word()}-v1-${r.base64url(43)}=\nccache: key=/${r.hex(2)}/${r.lowerAlnum(30)}`,
  "jenkins credentials": (r) =>
    `[Pipeline] checkout\nusing credential ${r.uuid()}\nusing credential github-${r.word()}-token\n > git rev-parse ${r.hex(40)}^{commit} # timeout=10`,
  "branches named for fixes": (r) =>
    `[fix-password ${r.hex(7)}] Rotate the ${r.word()}\nstash@{0}: WIP on reset-password: ${r.hex(7)} Add ${r.word()}\n* fix/login-password ${r.hex(9)} Ask twice`,
  "modules named for secrets": (r) =>
    `github.com/${r.word()}/gopass v0.0.0-2025010${r.digits(7)}-${r.hex(12)} h1:${r.base64(32)}\ntoken-types@^4.2.0:\n  resolved "https://registry.example.test/token-types/-/token-types-${r.semver()}.tgz#${r.hex(40)}"\n"https://deno.example.test/std/${r.word()}/token.ts": "${r.hex(64)}",\n"jsr:@${r.word()}/auth-token@^${r.semver()}": "${r.hex(64)}"\n"password_${r.word()}": {:hex, :password_${r.word()}, "${r.semver()}", "${r.hex(64)}", [:mix], [], "hexpm", "${r.hex(64)}"},`,
  podfile: (r) =>
    `SPEC CHECKSUMS:\n  KeychainAccess: ${r.hex(40)}\n  ${r.camel(2)}: ${r.hex(40)}\n  TokenField: ${r.hex(40)}\n  GoogleSecretKey: ${r.hex(40)}\n\nPODFILE CHECKSUM: ${r.hex(40)}`,
  "checksums of BSD": (r) =>
    `MD5 (secret.iso) = ${r.hex(32)}\nSHA256 (token-${r.word()}.tar.gz) = ${r.hex(64)}`,
  "paths of modules": (r) =>
    `  14: token::${r.word()}::verify::h${r.hex(16)}\n  15: app::auth::password::check::h${r.hex(16)}\n  16: <T as password::Hash>::h${r.hex(16)}`,
  "certificates in XML": (r) =>
    `${r.lines(5, () => r.base64(57))}\n</ds:X509Certificate></ds:X509Data>\n${r.lines(4, () => r.base64(57))}\n${r.base64(20)}\n</X509Certificate>`,
  "binary property lists": (r) =>
    `binascii.a2b_base64(b'''\n        YnBsaXN0MDDf${r.base64(36)}\n${r.lines(4, () => `        ${r.base64(45)}`)}\n        ${r.base64(10)}''')`,
  "directories of services": (r) =>
    `drwx------ 3 root root 4096 systemd-private-${r.hex(32)}-${r.word()}.service-${r.alnum(6)}\n-rw-r--r-- 1 root root 972180 passwd_1%3a4.13+dfsg1-1+deb12u2_amd64.deb`,
  "objects of git": (r) =>
    r.lines(
      4,
      () =>
        `${r.hex(40)} src/${r.of(["secrets", "token", "password"])}\n${r.hex(40)} \n${r.hex(40)} tests/unit/${r.of(["secrets", "credentials"])}\n${r.hex(40)} src/${r.word()}.ts\n${r.of(["Refresh the token", "Rotate the secret", "Ask for the api key"])}\n${r.hex(40)}`,
    ),
  "manifests of pages": (r) =>
    `{"/api-keys":["static/css/${r.hex(16)}.css"],"/reset-password":["static/chunks/pages/reset-password-${r.hex(16)}.js"]}`,
  "sessions of checkouts": (r) =>
    `{"session": "cs_test_a1${r.alnum(56)}", "url": "x", "checkout": 'cs_live_b1${r.alnum(56)}'}`,
  "types of CloudFormation": (r) =>
    `"AWS::AppSync::ApiKey": "${r.hex(16)}",\n"AWS::IAM::AccessKey": "${r.hex(16)}",\n"AWS::SecretsManager::Secret": "${r.hex(16)}",`,
  "environment of references": (r) =>
    `NEXTAUTH_SECRET=generate-with-openssl-rand-base64-32\nDB_PASSWORD=<password>\nSMTP_PASSWORD=<the smtp password>\n${constant(r)}_PASSWORD=@Microsoft.KeyVault(SecretUri=https://${r.word()}.vault.example.test/secrets/${r.word()}/${r.hex(32)})\n${constant(r)}_KEY_HASH=${r.hex(64)}\nkey_hash=${r.hex(64)}`,
}
