import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const PASSWORD = ["Hunter2", "Xq"].join("!")
const WORDS = ["correct", "horse"].join("")
const TOKEN = fakeToken(ALNUM, 24)

describe("values whose column says that they are secret", () => {
  test.each([
    ["SQL insert", `INSERT INTO users (name, password) VALUES ('bob', '${WORDS}');`, [WORDS]],
    [
      "SQL insert of rows",
      `insert into app.users (id, password, role) values (1, '${PASSWORD}', 'a'),\n (2, '${WORDS}', 'b')`,
      [PASSWORD, WORDS],
    ],
    ["SQL insert with quoted names", "INSERT INTO `t` (`api_key`, `n`) VALUES ('" + TOKEN + "', 1)", [TOKEN]],
    [
      "SQL insert with Unicode strings",
      `INSERT INTO [t] ([n], [password]) VALUES (N'bob', N'${WORDS}')`,
      [WORDS],
    ],
    [
      "Markdown table",
      `| user | password |\n|------|----------|\n| bob | ${PASSWORD} |\n| eve | \`${PASSWORD}2\` |\n\nMore`,
      [PASSWORD, `${PASSWORD}2`],
    ],
    ["Markdown table without outer bars", `user | api key\n--- | ---\nbob | ${TOKEN}\n`, [TOKEN]],
    ["CSV", `user,password,n\nbob,${PASSWORD},1\neve,"${PASSWORD}2",2\n`, [PASSWORD, `${PASSWORD}2`]],
    [
      "psql",
      ` user | password \n------+----------\n bob  | ${PASSWORD}\n eve  | ${PASSWORD}2\n(2 rows)`,
      [PASSWORD, `${PASSWORD}2`],
    ],
    [
      "mysql",
      `+-----+------------+\n| id  | password   |\n+-----+------------+\n| bob | ${PASSWORD} |\n+-----+------------+\n1 row`,
      [PASSWORD],
    ],
    [
      "a box of one column with lines between the rows",
      `+----------+\n| password |\n+==========+\n| ${PASSWORD} |\n+----------+\n| ${PASSWORD}2 |\n+----------+`,
      [PASSWORD, `${PASSWORD}2`],
    ],
    ["tabs", `user\tpassword\tn\nbob\t${PASSWORD}\t1\neve\t${PASSWORD}2\t2\n`, [PASSWORD, `${PASSWORD}2`]],
    [
      "aligned columns",
      `NAME      TOKEN                       AGE\nbob       ${TOKEN}    3d\neve       -                           4d`,
      [TOKEN],
    ],
    [
      "aligned columns with a line below their names",
      `Name  Password     \n----  --------     \nbob   ${PASSWORD}\n`,
      [PASSWORD],
    ],
    ...[
      "aws_secret_access_key",
      "dd_app_key",
      "admin_key",
      "scw_secret_key",
      "azure_devops_pat",
      "private_key",
    ].flatMap((name): [string, string, string[]][] => [
      [`CSV, ${name} between others`, `id,${name},note\n1,${TOKEN},ok\n2,${TOKEN},ok\n`, [TOKEN, TOKEN]],
      [`CSV, ${name} at the end`, `id,user,${name}\r\n1,bob,${TOKEN}\r\n`, [TOKEN]],
      [`tabs, ${name} in front`, `${name}\tuser\n${TOKEN}\tbob\n`, [TOKEN]],
    ]),
  ])("%s", (_, text, values) => {
    expect(found(text)).toEqual(values)
  })

  test.each([
    "INSERT INTO users (name, password) VALUES (?, ?)",
    "INSERT INTO users (name, password) VALUES ($1, $2)",
    "INSERT INTO users (name, password) VALUES (:name, :password)",
    "INSERT INTO users (name, password_hint) VALUES ('bob', 'Hunter2 dog')",
    "| option | token |\n|---|---|\n| a | string |\n| b | required |",
    "| token | meaning |\n|---|---|\n| tok2en | Hunter2Xq |",
    "user,password\nname,required\n",
    ` user | password \n------+----------\n bob  | expired\n`,
    `NAME      TOKEN        AGE\nsome text that is no row ${TOKEN}`,
    `NAME      TOKEN        AGE\nbob       yes          3d\n`,
    `user  token  age\n\nbob   ${TOKEN}`,
    "user\tpassword\nbob\trequired\n",
    `id,primary_key,sort_key\n1,${TOKEN},${TOKEN}\n`,
    "f(a, api_key, other_key)\ng(1, 2, 3)",
    "id,public_key\n1,required",
    "from x import (user,password,\n    token2x)",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})
