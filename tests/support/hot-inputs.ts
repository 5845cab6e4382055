/**
 * Inputs of one repeated unit that make careless patterns quadratic: keywords without values, openings without
 * ends, separators, and secrets so dense that every window overlaps.
 */
export const hotUnits: readonly string[] = [
  "a-",
  "sk-",
  "/",
  "token",
  "eyJ-",
  "secret-",
  "password_",
  "a.",
  "//x",
  "@",
  "a@",
  "a@b.",
  "a@b.c\n",
  "://a:",
  "token=",
  "token='",
  'token="',
  "password:",
  "password=a,",
  "key ",
  "secret secret ",
  'apikey=\\"',
  "key=",
  "pwd=",
  "-----BEGIN PRIVATE KEY-----\n",
  "-----BEGIN ",
  "-----END PRIVATE KEY-----",
  "PuTTY-User-Key-File-2: ",
  "AKIA",
  "xoxb-",
  "ghp_",
  "SG.",
  "hvs.",
  "aws ",
  "ibm_",
  "_auth=",
  "machine a login b password ",
  "$6$a$",
  "1/",
  "pat",
  "eyJhbGciOiJIUzI1NiJ9.",
  "https://a:b@",
  "Bearer ",
  "basic ",
  "curl ",
  "curl -u ",
  ":AA",
  "Q~",
  "AzFu",
  "+ASt",
  ".v1.",
  ".atlasv1.",
  "sk-T3BlbkFJ",
  "sentry.io/",
  "Author: a@b.co ",
  "A",
  "0",
  "a",
  "ab12",
  "=",
  "\\n",
  "\u{1F600}",
  "\u001b[3",
  "token: <REDACTED:00000000000000>",
  "<REDACTED:00000000000000>",
  "<REDACTED:",
  "password=<REDACTED:00000000000000>",
  "a<REDACTED:00000000000000>",
  "key=$A/",
  "pw=",
  "mysql ",
  "mysql -p ",
  "docker login ",
  ":5432:",
  "*:5432:a:b:",
  "password:\n ",
  "key: |\n  a",
  "-----BEGIN PRIVATE KEY-----\nk:1:",
  "-1-----END PRIVATE KEY-----",
  `-${"aB3dE5gH7jK9mN1p".repeat(4)}\n`,
  `${"aB3dE5gH7jK9mN1p".repeat(4)}==\\n`,
  'secret_key: "a b"\n',
  '{"a":"',
]

/** A named input of exactly `length` characters. */
export interface HotInput {
  readonly name: string
  readonly text: string
}

/** The units repeated to `length`, and three natural shapes: JSON on one line, dense tokens, dense passwords. */
export function hotInputs(length: number): HotInput[] {
  const repeated = hotUnits.map((unit) => ({
    name: JSON.stringify(unit),
    text: unit.repeat(Math.ceil(length / unit.length)).slice(0, length),
  }))
  return [
    ...repeated,
    natural(
      "one-line JSON",
      length,
      (i) => `{"url":"https://api.example.test/v1/users/${i}/items?token_type=x","id":${i},"key":"k${i}"},`,
    ),
    natural(
      "dense tokens",
      length,
      (i) => `API_TOKEN_${i}=ghp_${String(i).padStart(36, "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD2fH4jL6")}\n`,
    ),
    natural("dense passwords", length, (i) => `db_password_${i}=hunter2${i}\n`),
  ]
}

function natural(name: string, length: number, line: (index: number) => string): HotInput {
  let text = ""
  for (let i = 0; text.length < length; i++) text += line(i)
  return { name, text: text.slice(0, length) }
}
