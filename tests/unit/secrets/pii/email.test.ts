import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): string[] =>
  scanner
    .scan(text)
    .filter(({ ruleId }) => ruleId === "email")
    .map(({ start, end }) => text.slice(start, end))

/** Addresses of people who do not exist, put together so that none stands in this file. */
const at = (local: string, domain: string): string => [local, domain].join("@")
const ANN = at("ann.keller", "nordwind-werke.de")
const LI = at("li.wei+shop", "mail.qq.com")

describe("a person's address is found", () => {
  test.each([
    ["a prompt", `Write a polite answer to ${ANN}, please.`],
    ["the end of a sentence", `Contact me at ${ANN}.`],
    ["CSV", `id,name,email\n17,Ann Keller,${ANN},DE`],
    ["a log line", `2026-03-01T12:00:00Z INFO login ok user=${ANN} ip=203.0.113.9`],
    ["another log line", `[2026-03-01 12:00:00] Sent receipt to <${ANN}>`],
    ["an environment", `ADMIN_EMAIL=${ANN}`],
    ["YAML", `notify:\n  - ${ANN}`],
    ["JSON", `{"user": "${ANN}", "id": 3}`],
    ["JSON in JSON", `"{\\"email\\":\\"${ANN}\\"}"`],
    ["a JSON escape", `"From: Ann \\u003c${ANN}\\u003e"`],
    ["a line feed escape", `"to:\\n${ANN}"`],
    ["a SQL dump", `INSERT INTO users VALUES (1,'Ann','${ANN}','2026-01-01');`],
    ["a vCard", `BEGIN:VCARD\nFN:Ann Keller\nEMAIL;TYPE=work:${ANN}\nEND:VCARD`],
    ["a mail header", `To: Ann Keller <${ANN}>\nSubject: Offer`],
    ["HTML", `<td>${ANN}</td>`],
    ["a query", `GET https://api.acme.com/users?email=${ANN}&page=2`],
    ["XML", `<email>${ANN}</email>`],
    ["code", `const recipient = "${ANN}"`],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([ANN])
  })

  test("whose name holds an accent or an apostrophe, whole", () => {
    for (const local of ["müller", "ángel.ruiz", "o'neil", "d'amico"]) {
      const address = at(local, "nordwind-werke.de")
      expect(found(`Write to ${address}, please`)).toEqual([address])
    }
    expect(found(`x = b'${ANN}'`)).toEqual([ANN])
    expect(found(`send(u'${ANN}', 1)`)).toEqual([ANN])
  })

  test("with tags, several labels and non-BMP text around it", () => {
    expect(found(`\u{1F600}${LI}\u{1F600}`)).toEqual([LI])
  })

  test("two in one line, with exact spans", () => {
    expect(found(`${ANN};${LI}`)).toEqual([ANN, LI])
  })

  test("of a reserved domain where a full name in prose stands before it", () => {
    const john = at("john", "example.com")
    expect(found(`Customer John Doe (${john}), phone`)).toEqual([john])
    expect(found(`send it to ${john}`)).toEqual([])
  })
})

describe("public record is left alone", () => {
  test("mail and tables that only look like those of git hold addresses of people", () => {
    expect(found(`From: Ann Keller <${ANN}>\nDate: now\nSubject: hello`)).toEqual([ANN])
    expect(found(`4711|Ann Keller|${ANN}|paid`)).toEqual([ANN])
  })

  test.each([
    `Author: Ann Keller <${ANN}>`,
    `commit 1234567\nAuthor: Ann <${ANN}>\nDate: now`,
    `author Ann <${ANN}> 1700000000 +0100`,
    `committer Ann <${ANN}> 1700000000 +0100`,
    `    Signed-off-by: Ann <${ANN}>`,
    `Co-authored-by: Ann <${ANN}>`,
    `Reviewed-by: Ann <${ANN}>`,
    `    17\tAnn Keller <${ANN}>`,
    `   120  Ann Keller <${ANN}>\n    33  Li Wei <${LI}>\n`,
    `From ${"4f".repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Ann Keller <${ANN}>\nDate: now\nSubject: [PATCH] x`,
    `4f5e6d7|Ann Keller|${ANN}|Fix the parser\n8c9b0a1|Li Wei|${LI}|Add tests`,
    `${"4f".repeat(20)}|2026-03-01|Ann Keller <${ANN}>|Fix`,
    `^1a2b3c4d (<${ANN}> 2026-01-01 12:00:00 +0100 1) x`,
    `git config user.email ${ANN}`,
    `[user]\n\tname = Ann\n\temail = ${ANN}`,
    `GIT_AUTHOR_EMAIL=${ANN}`,
    `"author": "Ann <${ANN}>",`,
    `"author": {\n    "name": "Ann",\n    "email": "${ANN}"\n  }`,
    `"maintainers": [\n  { "name": "Ann", "email": "${ANN}" }`,
    `"contributors": [\n    "Bo <${LI}>",\n    "Ann <${ANN}>"\n  ]`,
    `authors = ["Ann <${ANN}>"]`,
    `authors = [{ name = "Ann", email = "${ANN}" }]`,
    `setup(\n    author="Ann",\n    author_email="${ANN}",`,
    `__author_email__ = "${ANN}"`,
    `spec.email = ["${ANN}"]`,
    `<developers>\n  <developer>\n    <name>Ann</name>\n    <email>${ANN}</email>`,
    `maintainers:\n  - name: Ann\n    email: ${ANN}`,
    `Maintainer: Ann Keller <${ANN}>`,
    `Uploaders: Ann Keller <${ANN}>`,
    ` -- Ann Keller <${ANN}>  Mon, 01 Jan 2026 12:00:00 +0100`,
    `* Mon Jan 05 2026 Ann Keller <${ANN}> - 1.2`,
    `2026-01-05  Ann Keller  <${ANN}>`,
    `*.ts @acme/web ${ANN}`,
    `Authors\n-------\n\n- Ann Keller <${ANN}>`,
    `Written by:   Ann Keller\nEmail:        <${ANN}>`,
    `# Ann Keller <${ANN}>`,
    ` * Ported by Ann Keller <${ANN}>`,
    `Copyright (c) 2020 Ann Keller <${ANN}>`,
    `           (C) 2003, Ann Keller <${ANN}>`,
    `__author__ = 'Ann Keller <${ANN}>'`,
    `           2003-2011 Ann Keller <${ANN}>`,
    `Please report security issues to ${ANN}`,
    `[${ANN}](mailto:${ANN})`,
    `<a href="mailto:${ANN}">write</a>`,
    `ssh-ed25519 AAAA ${ANN}`,
    `Message-ID: <${ANN}>`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([])
  })

  test("a list of names goes on past the window that shows its heading", () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `    Ann Keller <${at(`ann${i}.keller`, "nordwind-werke.de")}>`,
    )
    expect(found(`Authors:\n${lines.join("\n")}`)).toEqual([])
    expect(found(`People:\n${lines.join("\n")}`)).toHaveLength(40)
  })

  test("the record ends where the list ends", () => {
    expect(found(`"authors": ["Bo <${LI}>"],\n\n"customer": "${ANN}"`)).toEqual([ANN])
  })
})

describe("addresses of no person are left alone", () => {
  const roles =
    "noreply no-reply support info admin webmaster postmaster abuse security conduct sales billing press jobs bugs root hostmaster privacy legal team newsletter bug-tool tool-devel tool-users".split(
      " ",
    )
  test.each(roles)("%s@", (role) => {
    expect(found(`write to ${at(role, "nordwind-werke.de")} now`)).toEqual([])
  })

  test.each([
    at("ann", "example.com"),
    at("ann", "mail.example.org"),
    at("ann", "corp.example"),
    at("ann", "nordwind.test"),
    at("ann", "nordwind.invalid"),
    at("ann", "app.localhost"),
    at("ann", "printer.local"),
    at("ann.keller", "debian.org"),
    at("ann.keller", "users.noreply.github.com"),
    at("aes256-gcm", "openssh.com"),
    at("runner", "my-project.iam.gserviceaccount.com"),
  ])("reserved, or a project's: %s", (address) => {
    expect(found(`see ${address} for it`)).toEqual([])
  })

  test.each([
    at("test", "test.com"),
    at("john.doe", "gmail.com"),
    at("user1", "gmail.com"),
    at("ann", "domain.com"),
    at("x", "y.com"),
    at("one", "one.org"),
  ])("a stand-in in quotes: %s", (address) => {
    expect(found(`expect(parse("${address}"))`)).toEqual([])
  })
})

describe("what is no address is left alone", () => {
  test.each([
    "git clone git@git.nordwind.de:o/r.git",
    "ssh://git@git.nordwind.de/o/r.git",
    `ssh ${at("ann", "web1.nordwind.de")}`,
    `ssh -p 2222 -i key ${at("ann", "web1.nordwind.de")} uptime`,
    `scp dump.sql ${at("ann", "web1.nordwind.de")}:/tmp`,
    `rsync -a src ${at("ann", "web1.nordwind.de")}:dir`,
    `${at("ann", "web1.nordwind.de")}:~$ ls`,
    `[${at("ann", "web1.nordwind.de")} ~]$ ls`,
    `https://${at("ann", "git.nordwind.de")}/o/r`,
    "npm i react@18.2.0 left-pad@1.3.0 @types/node@latest",
    "uses: actions/checkout@v4.x",
    "icon@2x.png sprite@3x.webp",
    "systemctl status getty@tty1.service",
    "@app.route('/') @property.setter",
    "user@host and name@server",
    "obj@attr.value x@foo.length",
    "/[a-z]+@[a-z]+\\.com/",
    "SELECT @a.b, @@global.x",
  ])("%s", (text) => {
    expect(found(text)).toEqual([])
  })

  test("where the person does not want it, nothing is looked for", () => {
    expect(createScanner({ pii: [] }).scan(ANN)).toEqual([])
  })
})
