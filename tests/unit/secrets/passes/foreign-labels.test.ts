import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const KEY = fakeToken(HEX, 32)
const TYPED = ["Som", "mer41", "!"].join("")

describe("names of API keys in other languages", () => {
  test.each([
    "mein API-Schlüssel ist ",
    "API-Schlüssel: ",
    "Der Zugangsschlüssel lautet ",
    "Das Client-Geheimnis lautet ",
    "der geheime Schlüssel ist ",
    "ma clé API est ",
    "Clé d'API : ",
    "La clé secrète est ",
    "Jeton d'accès : ",
    "Le jeton d’authentification est ",
    "La clave secreta es ",
    "mi clave de acceso es ",
    "A chave secreta é ",
    "la chiave segreta è ",
    "de API-sleutel is ",
    "klucz API: ",
    "API-ключ: ",
    "Секретный ключ: ",
  ])("%s…", (label) => {
    for (const value of [KEY, fakeToken(ALNUM, 32)]) expect(found(`${label}${value}`)).toEqual([value])
  })

  test.each([
    "Der API-Schlüssel ist erforderlich.",
    "La clé API est obligatoire.",
    "clé API : v2.0-beta-20240501",
    "Jeton d'accès : expiré le 2024-05-01",
    "la clave de acceso es obligatoria",
    `clé primaire : ${KEY}`,
    `Der Schlüssel: ${KEY}`,
    `Hausschlüssel ${KEY}`,
    `le module appelé API est ${KEY}`,
  ])("says nothing: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("passwords in base64 in prose", () => {
  test.each([
    "Das Passwort ist",
    "Das Passwort lautet",
    "A senha é",
    "Le mot de passe est",
    "La contraseña es",
  ])("%s …", (label) => {
    const values = Array.from({ length: 40 }, (_, seed) => `${fakeToken(BASE64, 22, seed + 1)}==`)
    const missed = values.filter((value) => !found(`${label} ${value}\n`).includes(value))
    expect(missed.length).toBeLessThanOrEqual(1)
  })

  test("a path is none", () => {
    expect(found("Das Passwort ist in/der/datei/passwort2.txt")).toEqual([])
  })
})

describe("passwords that are to be set", () => {
  test.each([
    `Setze das Passwort auf ${TYPED}`,
    `Ändere das Passwort zu ${TYPED}`,
    `cambia la contraseña a ${TYPED}`,
    `utilise ${TYPED} comme mot de passe`,
    `verwende ${TYPED} als Passwort`,
    `usa ${TYPED} como contraseña`,
    `the password should be ${TYPED}`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([TYPED])
  })

  test.each([
    "the password should be base64-encoded",
    "the password should be SHA256-hashed",
    "the password should be 12characters",
    "Setze das Passwort auf den Wert",
    "change the password in config2.yml",
    "Das Passwort zu Server12 ist falsch",
  ])("says nothing: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("a label, and its value further below", () => {
  test.each([
    ["an empty line", "API key:\n\n"],
    ["an indented one", "API key:\n\n    "],
    ["a fence", "Your API key:\n```\n"],
    ["a heading and a fence", "## API Key\n\n```text\n"],
    ["a heading and an empty line", "### Access token\n\n"],
  ])("%s stands between", (_, label) => {
    for (const value of [KEY, fakeToken(ALNUM, 32, 3)]) expect(found(`${label}${value}\n`)).toEqual([value])
  })

  test("a password with a sign below its label", () => {
    expect(found(`Password:\n${TYPED}\n`)).toEqual([TYPED])
    expect(found(`Username:\nadmin\nPassword:\n${TYPED}\n`)).toEqual([TYPED])
    expect(found(`Password:\n\`\`\`\n${TYPED}\n\`\`\`\n`)).toEqual([TYPED])
  })

  test.each([
    "secret:\n\nmy-service-2024\n",
    "token:\n\n  string\n",
    "## API Key\n\n```\nexport-key-v2\n```\n",
    "Password:\nusername1\n",
    "Password:\nroot@host1#\n",
    `Rotate the api key\n\n${fakeToken(HEX, 40)}\n`,
    `commit of the token\n\n${fakeToken(HEX, 40)}\n`,
    `key:\n\n${fakeToken(HEX, 40)}\n`,
    "Secret key:\n```ts\nconst a1 = 2\n```\n",
  ])("nothing is masked: %j", (text) => {
    expect(found(text)).toEqual([])
  })
})
