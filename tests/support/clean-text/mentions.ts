import type { CleanKind, RandomText } from "./random-text.ts"

const constant = (r: RandomText): string => r.words(2, "_").toUpperCase()

/** Code, configuration, prose and messages that speak of secrets and hold none. */
export const mentions: Readonly<Record<string, CleanKind>> = {
  "environment lookups": (r) =>
    `const key = process.env.${constant(r)}_API_KEY\ntoken = os.environ["${constant(r)}_TOKEN"]\npassword := os.Getenv("${constant(r)}_PASSWORD")\nlet secret = std::env::var("${constant(r)}_SECRET")?;\n$pass = getenv('${constant(r)}_PASS');\nENV.fetch("${constant(r)}_KEY")\nimport.meta.env.VITE_${constant(r)}_TOKEN\nSystem.getenv("${constant(r)}_SECRET")`,
  "environment template": (r) =>
    `# copy to .env\n${constant(r)}_API_KEY=\n${constant(r)}_SECRET=changeme\n${constant(r)}_TOKEN=<your token>\n${constant(r)}_PASSWORD=\${DB_PASSWORD}\n${constant(r)}_KEY=your-api-key-here\nDEBUG=${r.words(2, ":")}*\nPORT=${r.digits(4)}\nLOG_LEVEL=info`,
  "workflow secrets": (r) =>
    `        env:\n          NPM_TOKEN: \${{ secrets.NPM_TOKEN }}\n          ${constant(r)}: \${{ secrets.${constant(r)}_KEY }}\n          GITHUB_TOKEN: \${{ github.token }}\n        with:\n          token: \${{ secrets.GITHUB_TOKEN }}\n          password: \${{ env.${constant(r)} }}\npermissions:\n  id-token: write`,
  "compose file": (r) =>
    `services:\n  ${r.word()}:\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/${r.word()}_password\n      ${constant(r)}_TOKEN: \${${constant(r)}_TOKEN:?required}\n    secrets:\n      - ${r.word()}_password\nsecrets:\n  ${r.word()}_password:\n    file: ./${r.word()}.txt`,
  "secret references": (r) =>
    `          valueFrom:\n            secretKeyRef:\n              name: ${r.words(2, "-")}\n              key: ${r.words(2, "-")}\n      imagePullSecrets:\n        - name: ${r.words(2, "-")}-registry\n  password: vault:secret/data/${r.word()}#password\n  token: op://${r.word()}/${r.word()}/token\n  apiKey: arn:aws:secretsmanager:eu-west-1:${r.digits(12)}:secret:${r.word()}/${r.word()}-${r.alnum(6)}`,
  terraform: (r) =>
    `variable "${r.word()}_password" {\n  type      = string\n  sensitive = true\n}\nresource "random_password" "${r.word()}" {\n  length = ${r.digits(2)}\n}\n  password = random_password.${r.word()}.result\n  token    = var.${r.word()}_token\n  secret   = data.vault_generic_secret.${r.word()}.data["${r.word()}"]\n  key_name = aws_key_pair.${r.word()}.key_name`,
  "typed declarations": (r) =>
    `interface ${r.camel(2)}Options {\n  apiKey: string\n  token?: string | undefined\n  password: SecretString\n  readonly secretKey: Uint8Array\n}\nfunction login(user: string, password: string, token: ${r.camel(2)}Token): Promise<void>\nprivate final String accessToken;\nstd::string password_;\npub struct Credentials { pub token: String, pub secret: Option<String> }`,
  "secret handling": (r) =>
    `const token = await ${r.camel(2)}.getToken(${r.camel(1)})\nthis.password = password\nif (!apiKey) throw new Error("apiKey is required")\nreturn { accessToken: response.data.access_token, refreshToken: response.refreshToken }\nself.secret_key = settings.SECRET_KEY\nconst { token, secret } = ${r.camel(2)}()\ntoken = token.trim()\nif token != expected_token:\n    raise AuthError("invalid token")`,
  "form markup": (r) =>
    `<label for="password">Password</label>\n<input type="password" name="password" id="${r.words(2, "-")}" autocomplete="current-password" placeholder="Enter your password">\n<TextField label="API key" secureTextEntry value={apiKey} onChange={setApiKey} />\n<a href="/reset-password?step=${r.digits(1)}">Forgot your password?</a>`,
  translations: (r) =>
    JSON.stringify(
      {
        [`${r.word()}.password.label`]: "Password",
        [`${r.word()}.password.invalid`]: "The password must have at least 12 characters",
        [`${r.word()}.token.expired`]: "Your token has expired. Sign in again.",
        [`${r.word()}.apiKey.copy`]: "Copy API key",
        [`${r.word()}.secret.help`]: "We never store your secret",
      },
      null,
      2,
    ),
  "json schema": (r) =>
    JSON.stringify(
      {
        properties: {
          password: { type: "string", minLength: 12, description: `Password of the ${r.word()}` },
          apiKey: { type: "string", format: "uuid" },
          token: { $ref: "#/components/schemas/Token" },
          token_type: { const: "bearer" },
          expires_in: { type: "integer", default: Number(`3${r.digits(3)}`) },
        },
        required: ["password", "token"],
      },
      null,
      2,
    ),
  "openapi security": (r) =>
    `components:\n  securitySchemes:\n    ApiKeyAuth:\n      type: apiKey\n      in: header\n      name: X-${r.word()}-Key\n    BearerAuth:\n      type: http\n      scheme: bearer\n      bearerFormat: JWT\nsecurity:\n  - ApiKeyAuth: []\ntokenUrl: https://${r.domain()}/oauth/token`,
  "lexer code": (r) =>
    `case TokenKind.${r.camel(2)}: return this.token(start, "${r.word()}")\nlet tokens = lexer.tokenize(source)\nif (token.type === "${r.word()}" && token.value === ";") next()\nTOKEN_${constant(r)} = ${r.digits(3)}\n#define TOK_${constant(r)} 0x${r.hex(4)}\nstatic const Token kToken${r.camel(2)} = { .kind = ${r.digits(2)}, .text = "${r.word()}" };`,
  "keys of maps": (r) =>
    `map.set("key", ${r.camel(2)})\nfor (const [key, value] of entries) cache.put(key, value)\nprimaryKey: "${r.words(2, "_")}"\nsort_key = "${r.words(2, "_")}"\nkeyframes: "${r.words(2, "-")}"\nevent.key === "${r.of(["Enter", "Escape", "ArrowDown", "Backspace"])}"\nlocalStorage.getItem("${r.words(2, ".")}-token")\nRegistry key: HKEY_LOCAL_MACHINE\\Software\\${r.camel(1)}`,
  "log lines": (r) =>
    `${r.timestamp()} INFO token refreshed for ${r.word()} in ${r.digits(3)}ms\n${r.timestamp()} WARN password authentication failed for user "${r.word()}"\n${r.timestamp()} ERROR secret "${r.words(2, "-")}" not found in namespace ${r.word()}\n${r.timestamp()} INFO key rotated, next rotation ${r.timestamp()}\n${r.timestamp()} DEBUG Authorization: Bearer [REDACTED]\n${r.timestamp()} INFO api_key=*** user=${r.word()}\n${r.timestamp()} INFO password: ********`,
  commands: (r) =>
    `$ kubectl create secret generic ${r.words(2, "-")} --from-file=${r.word()}.txt\n$ gh secret set ${constant(r)} < ${r.word()}.txt\n$ docker login -u ${r.word()} --password-stdin\n$ curl -H "Authorization: Bearer $TOKEN" https://${r.domain()}/${r.word()}\n$ ssh-keygen -t ed25519 -f ~/.ssh/${r.word()}\n$ export TOKEN=$(pass show ${r.word()}/${r.word()})\n$ aws configure get aws_access_key_id\n$ npm token list`,
  prose: (r) =>
    `To sign in, open ${r.camel(1)} and enter your password. The API key is read from the environment; never commit a token. If the secret is lost, create a new one under Settings, then Access tokens. A key of ${r.digits(3)} bits is enough. The private key stays on the ${r.word()}, the public key goes to the ${r.word()}. Rotate credentials every ${r.digits(2)} days.`,
  "german prose": (r) =>
    `Das Passwort muss mindestens ${r.digits(2)} Zeichen haben. Der Zugriffsschlüssel liegt in der Datei ${r.word()}.env. Das Token ist abgelaufen, bitte melden Sie sich erneut an. Kennwort: siehe Tresor.`,
  "test assertions": (r) =>
    `expect(config.apiKey).toBeUndefined()\nexpect(token).toMatch(/^${r.letters(3)}_/)\nassert response.json()["token_type"] == "bearer"\nit("rejects a wrong password for ${r.word()}", async () => {})\nassertEquals("${r.words(2, " ")}", secret.getName());\nexpect(redact({ password: "***" })).toEqual({ password: "***" })`,
  "sql of accounts": (r) =>
    `CREATE USER ${r.word()} WITH PASSWORD :'password';\nALTER TABLE users ADD COLUMN password_hash text NOT NULL, ADD COLUMN token_expires_at timestamptz;\nSELECT id, token, secret_id FROM ${r.word()} WHERE token = $1 AND password_hash = crypt($2, password_hash);\nGRANT SELECT ON ${r.word()} TO ${r.word()};`,
}
