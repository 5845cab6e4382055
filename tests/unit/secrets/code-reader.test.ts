import { describe, expect, test } from "vitest"
import { readsAsCode } from "../../../src/secrets/code-reader.ts"
import { isGenerated, isPrintableNoise } from "../../../src/secrets/generated.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"
import { GENERATORS, madePasswords } from "../../support/made-passwords.ts"

describe("what reads as code", () => {
  test.each([
    'process.env["DB_PASS2"]!,',
    "user.password1||'x2',",
    "hash(pw2,{rounds:10}),",
    "md5($_POST['password2']),",
    "s[1:-1].split(':')[0]",
    "forms.PasswordInput(attrs={'id':'p1'}))",
    "Map<String,List<Int32>>;",
    "&str<'a1>",
    "&'static[u8],",
    "(char*)malloc(n1)",
    "*(++p1);",
    "x[0]?.y1??z2,",
    "function(e){return",
    "$1;shift;a=$2",
    "/^[a-z]+x2$/i,",
    "0x1f+1e5-2px",
    'b"x1"+y2[3]',
    "f(",
  ])("%s", (value) => {
    expect(readsAsCode(value)).toBe(true)
    expect(isGenerated(value)).toBe(false)
  })

  test.each([
    ["a word behind a bracket", "P(ab)k8"],
    ["a word that begins with a digit", "a+8zd1"],
    ["a quote that nothing closes", "it's1"],
    ["brackets of two kinds", "a(b1]c"],
    ["two operators", "a/%b1"],
    ["a sign of no operator", "a#b1"],
    ["more behind a bracket that was open before", "a1)b"],
  ])("%s does not", (_, value) => {
    expect(readsAsCode(value)).toBe(false)
  })
})

describe("what is generated with signs", () => {
  test.each(Object.keys(GENERATORS) as (keyof typeof GENERATORS)[])("passwords of %s", (generator) => {
    const missed = madePasswords(generator, 200).filter((value) => !isGenerated(value))
    expect(missed.length).toBeLessThan(4)
  })

  test.each([
    "${DB_PASS:-abc1}x",
    "{{vault_db2}}",
    "<%=db2%>",
    "[REDACTED1]",
    "%(db1)s",
    "@@DB1@@",
    "vault:secret/data/db1#pass",
    "^(?=.*[a-z])(?=.*[A-Z]).{8",
    "your#pass1)",
    "dummy#1)23x",
    "abc1...2)x",
    "https://h1.test/#a",
    "&#x3C;string1>",
  ])("%s is not", (value) => {
    expect(isGenerated(value)).toBe(false)
  })

  test("salts over all printable characters, and no path or code", () => {
    const alphabet = `${ALNUM}!@#$%^&*()-_ []{}<>~+=,.;:/?|`
    const salts = Array.from({ length: 50 }, (_, seed) => fakeToken(alphabet, 64, seed + 1))
    expect(salts.filter((salt) => !isPrintableNoise(salt)).length).toBeLessThan(3)
    expect(isPrintableNoise("{}\\{:0.1f}\\VC\\VC_OBJECTS_PLATFORM_INFO\\Win32\\Directories")).toBe(false)
    expect(isPrintableNoise("SELECT id, name FROM users WHERE id = $1 AND name <> $2 LIMIT 10")).toBe(false)
  })
})
