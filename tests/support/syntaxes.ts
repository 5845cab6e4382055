/**
 * The ways in which a named value is written, as templates: what the tests of generic detection are multiplied
 * from. No template holds a value of its own.
 */

/** Words of a key name, joined the way a syntax spells names. */
export type Words = readonly string[]

/** What a value may hold where it is written without escapes. */
export type Quoting = "double" | "single" | "backtick" | "plain" | "text"

/** One way to write `name = value`. */
export interface Syntax {
  readonly name: string
  readonly quoting: Quoting
  readonly write: (words: Words, value: string) => string
}

export const snake = (words: Words): string => words.join("_")
export const upper = (words: Words): string => words.join("_").toUpperCase()
export const kebab = (words: Words): string => words.join("-")
export const dotted = (words: Words): string => words.join(".")
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
export const pascal = (words: Words): string => words.map(capital).join("")
export const camel = (words: Words): string =>
  words.map((word, i) => (i === 0 ? word : capital(word))).join("")

const of = (quoting: Quoting, name: string, write: Syntax["write"]): Syntax => ({ name, quoting, write })
const double = (name: string, write: Syntax["write"]): Syntax => of("double", name, write)
const single = (name: string, write: Syntax["write"]): Syntax => of("single", name, write)
const plain = (name: string, write: Syntax["write"]): Syntax => of("plain", name, write)

const configuration: readonly Syntax[] = [
  plain("env file", (k, v) => `PORT=80\n${upper(k)}=${v}\nHOST=db`),
  double("env file, double quotes", (k, v) => `${upper(k)}="${v}"\n`),
  single("env file, single quotes", (k, v) => `${upper(k)}='${v}'\n`),
  plain("env file with comment", (k, v) => `${upper(k)}=${v} # rotate`),
  plain("YAML block", (k, v) => `db:\n  ${snake(k)}: ${v}\n  port: 1\n`),
  double("YAML, double quotes", (k, v) => `db:\n  ${camel(k)}: "${v}"\n`),
  single("YAML, single quotes", (k, v) => `  - ${kebab(k)}: '${v}'\n`),
  plain("YAML anchor", (k, v) => `db:\n  ${snake(k)}: &main ${v}\n  port: 1\n`),
  plain("YAML tag", (k, v) => `db:\n  ${snake(k)}: !!str ${v}\n  port: 1\n`),
  plain("YAML literal block", (k, v) => `db:\n  ${snake(k)}: |\n    ${v}\n  port: 1\n`),
  plain("YAML folded block", (k, v) => `${snake(k)}: >-\n  ${v}\nport: 1\n`),
  plain("YAML list of names and values", (k, v) => `env:\n  - name: ${upper(k)}\n    value: ${v}\n`),
  double("YAML list, quoted", (k, v) => `env:\n  - name: ${upper(k)}\n    value: "${v}"\n`),
  double("YAML flow", (k, v) => `db: { ${snake(k)}: "${v}", port: 1 }`),
  double("JSON", (k, v) => `{"port": 1, "${camel(k)}": "${v}", "n": 2}`),
  double("JSON without blanks", (k, v) => `{"${snake(k)}":"${v}"}`),
  double("JSON list of names and values", (k, v) => `[{"name":"${upper(k)}","value":"${v}"}]`),
  double("JSON list with a type between", (k, v) => `{"key":"${kebab(k)}","type":"text","value":"${v}"}`),
  double("JSON list, capital fields", (k, v) => `{"Name": "${upper(k)}", "Value": "${v}"}`),
  double("TOML", (k, v) => `[db]\n${snake(k)} = "${v}"\n`),
  single("TOML literal", (k, v) => `${kebab(k)} = '${v}'\n`),
  double("TOML multi-line", (k, v) => `${snake(k)} = """${v}"""\n`),
  double("TOML multi-line on its own line", (k, v) => `${snake(k)} = """\n${v}"""\n`),
  double("INI, quoted", (k, v) => `[db]\n${snake(k)} = "${v}"\nhost = h\n`),
  plain("properties", (k, v) => `a.b=1\n${dotted(k)}=${v}\nc.d=2\n`),
  plain("properties with colon", (k, v) => `${dotted(k)}: ${v}\n`),
  of("text", "XML element", (k, v) => `<db><${camel(k)}>${v}</${camel(k)}></db>`),
  of("text", "XML element on lines", (k, v) => `<${camel(k)}>\n  ${v}\n</${camel(k)}>`),
  of("text", "XML CDATA", (k, v) => `<${kebab(k)}><![CDATA[${v}]]></${kebab(k)}>`),
  double("XML attributes", (k, v) => `<add key="${pascal(k)}" value="${v}"/>`),
  double("XML attribute", (k, v) => `<server ${camel(k)}="${v}" port="1"/>`),
  double("XML attributes, others between", (k, v) => `<input name="${snake(k)}" class="wide" value="${v}">`),
  double("HTML, value first", (k, v) => `<input value="${v}" name="${snake(k)}">`),
  of("text", "XML entry", (k, v) => `<entry key="${dotted(k)}">${v}</entry>`),
  of("text", "Android string", (k, v) => `<string name="${snake(k)}">${v}</string>`),
  of("text", "property list", (k, v) => `<key>${camel(k)}</key>\n\t<string>${v}</string>`),
  double("HCL", (k, v) => `  ${snake(k)}   = "${v}"\n`),
  double("HCL variable", (k, v) => `variable "${snake(k)}" {\n  type = string\n  default = "${v}"\n}`),
  double("Nix", (k, v) => `services.db.${camel(k)} = "${v}";`),
  of("text", "Nix indented string", (k, v) => `${camel(k)} = ''${v}'';`),
  plain("compose environment", (k, v) => `    environment:\n      - ${upper(k)}=${v}\n`),
  plain("Makefile", (k, v) => `${upper(k)} ?= ${v}\n`),
  plain("Makefile, simple", (k, v) => `${upper(k)} := ${v}\n`),
  double("HTML entities", (k, v) => `{&quot;${camel(k)}&quot;:&quot;${v}&quot;}`),
]

const shells: readonly Syntax[] = [
  double("export", (k, v) => `export ${upper(k)}="${v}"`),
  single("export, single quotes", (k, v) => `export ${upper(k)}='${v}' && run`),
  plain("command prefix", (k, v) => `$ ${upper(k)}=${v} make deploy`),
  double("fish", (k, v) => `set -gx ${upper(k)} "${v}"`),
  plain("fish, bare", (k, v) => `set -x ${upper(k)} ${v}`),
  plain("csh", (k, v) => `setenv ${upper(k)} ${v}`),
  plain("cmd", (k, v) => `set ${upper(k)}=${v}`),
  double("PowerShell variable", (k, v) => `$env:${upper(k)} = "${v}"`),
  single("PowerShell parameter", (k, v) => `Connect-Db -${pascal(k)} '${v}' -Port 1`),
  plain("Dockerfile ENV", (k, v) => `FROM x\nENV ${upper(k)} ${v}\n`),
  plain("Dockerfile ENV with sign", (k, v) => `ENV ${upper(k)}=${v}\n`),
  plain("Dockerfile ARG", (k, v) => `ARG ${upper(k)}=${v}\n`),
  plain("flag", (k, v) => `deploy --${kebab(k)} ${v} --port 1`),
  plain("flag with sign", (k, v) => `deploy --${kebab(k)}=${v} --port 1`),
  double("flag, quoted", (k, v) => `deploy --${kebab(k)} "${v}"`),
  plain("Java property", (k, v) => `java -D${dotted(k)}=${v} -jar a.jar`),
  plain("docker run", (k, v) => `docker run -e ${upper(k)}=${v} image`),
  plain("shell default", (k, v) => `x="\${${upper(k)}:-${v}}"`),
  plain("helm --set", (k, v) => `helm upgrade r c --set ${dotted(k)}=${v} --wait`),
]

const web: readonly Syntax[] = [
  plain("HTTP header", (k, v) => `GET / HTTP/1.1\nX-${kebab(k)}: ${v}\nAccept: */*`),
  of("text", "curl header", (k, v) => `curl -H "X-${kebab(k)}: ${v}" https://h.test/`),
  plain("query string", (k, v) => `GET /x?page=2&${snake(k)}=${v}&n=1 HTTP/1.1`),
  plain("form body", (k, v) => `grant_type=x&${snake(k)}=${v}&scope=y`),
  double("JavaScript headers", (k, v) => `headers.set("X-${kebab(k)}", "${v}")`),
]

const code: readonly Syntax[] = [
  double("JavaScript const", (k, v) => `const ${camel(k)} = "${v}";`),
  single("JavaScript property", (k, v) => `connect({ host: h, ${camel(k)}: '${v}', port: 1 })`),
  of("backtick", "JavaScript template", (k, v) => `const ${camel(k)} = \`${v}\``),
  double("JavaScript fallback", (k, v) => `const ${camel(k)} = process.env.${upper(k)} || "${v}"`),
  single("JavaScript nullish", (k, v) => `key: process.env.${upper(k)} ?? '${v}',`),
  double("TypeScript declaration", (k, v) => `private readonly ${camel(k)}: string = "${v}";`),
  single("TypeScript assertion", (k, v) => `expect(user.${camel(k)}).toBe(x); user.${camel(k)} = '${v}'`),
  double("Python", (k, v) => `${snake(k)} = "${v}"  # dev`),
  single("Python keyword argument", (k, v) => `connect(host=h, ${snake(k)}='${v}', port=1)`),
  double("Python bytes", (k, v) => `${upper(k)} = b"${v}"`),
  double("Python environment", (k, v) => `os.environ["${upper(k)}"] = "${v}"`),
  double("Python default", (k, v) => `x = os.environ.get("${upper(k)}", "${v}")`),
  double("Python or", (k, v) => `x = os.getenv("${upper(k)}") or "${v}"`),
  double("Python default argument", (k, v) => `x = env("${upper(k)}", default="${v}")`),
  double("Python annotation", (k, v) => `    ${snake(k)}: str = "${v}"`),
  double("Python typed field", (k, v) => `    ${snake(k)}: Optional[Secret] = "${v}"`),
  double("Java field", (k, v) => `private static final String ${upper(k)} = "${v}";`),
  double("Java setter", (k, v) => `config.set${pascal(k)}("${v}");`),
  double("Java builder", (k, v) => `.${camel(k)}("${v}")`),
  double("Java system property", (k, v) => `System.setProperty("${dotted(k)}", "${v}");`),
  plain("Spring value", (k, v) => `@Value("\${${dotted(k)}:${v}}") String x;`),
  double("Java comparison", (k, v) => `if (${camel(k)}.equals("${v}")) {`),
  double("C# property", (k, v) => `options.${pascal(k)} = "${v}";`),
  double("C# verbatim", (k, v) => `var ${camel(k)} = @"${v}";`),
  double("C# initializer", (k, v) => `new Options { ${pascal(k)} = "${v}" }`),
  double("Go short declaration", (k, v) => `${camel(k)} := "${v}"`),
  double("Go field", (k, v) => `Config{${pascal(k)}: "${v}", Port: 1}`),
  double("Go typed", (k, v) => `var ${camel(k)} string = "${v}"`),
  of("backtick", "Go raw string", (k, v) => `const ${camel(k)} = \`${v}\``),
  double("Rust constant", (k, v) => `pub const ${upper(k)}: &'static str = "${v}";`),
  double("Rust field", (k, v) => `Config { ${snake(k)}: "${v}".to_string() }`),
  double("Rust from", (k, v) => `${snake(k)}: String::from("${v}"),`),
  single("PHP array", (k, v) => `['${snake(k)}' => '${v}', 'port' => 1]`),
  single("PHP define", (k, v) => `define('${upper(k)}', '${v}');`),
  single("PHP member", (k, v) => `$db->${camel(k)} = '${v}';`),
  single("PHP env", (k, v) => `'x' => env('${upper(k)}', '${v}'),`),
  single("Ruby symbol", (k, v) => `${snake(k)}: '${v}',`),
  double("Ruby hash", (k, v) => `:${snake(k)} => "${v}"`),
  single("Ruby fetch", (k, v) => `ENV.fetch('${upper(k)}', '${v}')`),
  single("Ruby or-assign", (k, v) => `ENV['${upper(k)}'] ||= '${v}'`),
  double("C define", (k, v) => `#define ${upper(k)} "${v}"`),
  double("C array", (k, v) => `char ${snake(k)}[] = "${v}";`),
  double("C pointer", (k, v) => `const char *${snake(k)} = "${v}";`),
  double("C++ braces", (k, v) => `std::string ${camel(k)}{"${v}"};`),
  double("C strcmp", (k, v) => `if (strcmp(${snake(k)}, "${v}") == 0)`),
  double("Objective-C", (k, v) => `NSString *${camel(k)} = @"${v}";`),
  double("Kotlin", (k, v) => `val ${camel(k)}: String = "${v}"`),
  double("Kotlin elvis", (k, v) => `val x = System.getenv("${upper(k)}") ?: "${v}"`),
  double("Swift", (k, v) => `let ${camel(k)}: String = "${v}"`),
  double("Swift argument", (k, v) => `connect(host: h, ${camel(k)}: "${v}")`),
  double("Scala", (k, v) => `val ${camel(k)} = "${v}"`),
  single("Dart", (k, v) => `final String ${camel(k)} = '${v}';`),
  single("Perl", (k, v) => `my $${snake(k)} = '${v}';`),
  single("Perl hash", (k, v) => `$config{${snake(k)}} = '${v}';`),
  double("R", (k, v) => `${snake(k)} <- "${v}"`),
  double("Lua", (k, v) => `local ${snake(k)} = "${v}"`),
  double("Elixir", (k, v) => `config :app, ${snake(k)}: "${v}"`),
  double("Clojure", (k, v) => `{:${kebab(k)} "${v}"}`),
  double("comparison", (k, v) => `if ${snake(k)} == "${v}":`),
  double("inequality", (k, v) => `if (${camel(k)} !== "${v}") return`),
  single("browser test", (k, v) => `await page.fill('#${kebab(k)}', '${v}')`),
  double("JavaScript wrapper", (k, v) => `${camel(k)}: new SecretString("${v}"),`),
]

const documents: readonly Syntax[] = [
  of("backtick", "Markdown inline code", (k, v) => `The ${k.join(" ")}: \`${v}\`.`),
  plain("Markdown bold label", (k, v) => `**${capital(k.join(" "))}:** ${v}\n`),
  of("backtick", "Markdown table of two columns", (k, v) => `| ${snake(k)} | \`${v}\` |\n`),
  double("prose in quotes", (k, v) => `The ${k.join(" ")} is "${v}" for now.`),
  double("HTML label", (k, v) => `<b>${capital(k.join(" "))}:</b> "${v}"`),
]

/** Every syntax, by family. */
export const syntaxes: Readonly<Record<string, readonly Syntax[]>> = {
  configuration,
  shells,
  web,
  code,
  documents,
}

/** A JSON text inside a JSON text, `depth` times. */
export function nested(text: string, depth: number): string {
  return depth === 0 ? text : nested(JSON.stringify({ body: text }), depth - 1)
}
