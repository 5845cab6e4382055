import { productivityRules } from "../../../../src/secrets/rules/productivity.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { prefixed, testRules } from "./rule-cases.ts"

testRules(productivityRules, {
  "airtable-token": {
    finds: [`pat${fakeToken(ALNUM, 14)}.${fakeToken(HEX, 64)}`],
    skips: [`pat${fakeToken(ALNUM, 14)}.x`, "pattern"],
  },
  "airtable-key": {
    finds: [
      [`airtable_key = "${fakeToken(ALNUM, 17)}"`, fakeToken(ALNUM, 17)],
      [`AIRTABLE_KEY: ${fakeToken(ALNUM, 17)}`, fakeToken(ALNUM, 17)],
    ],
    skips: [`airtable_key = "${fakeToken(ALNUM, 8)}"`, "airtable_key = process.env.KEY"],
  },
  "airtable-oauth-token": {
    finds: [`oaa${fakeToken(ALNUM, 14)}.v1.${fakeToken(BASE64URL, 80)}.${fakeToken(HEX, 64)}`],
    skips: [`oaa${fakeToken(ALNUM, 14)}.v1.x`],
  },
  "notion-token": {
    finds: [`ntn_${fakeToken(ALNUM, 40)}`],
    skips: [`ntn_${fakeToken(ALNUM, 20)}`, "ntn_"],
  },
  "notion-legacy-token": {
    finds: [`secret_${fakeToken(ALNUM, 43)}`],
    skips: [`secret_${fakeToken(ALNUM, 12)}`],
  },
  "asana-token": {
    finds: [
      `1/${fakeToken(DIGITS, 16)}:${fakeToken(HEX, 32)}`,
      `2/${fakeToken(DIGITS, 16)}/${fakeToken(DIGITS, 16, 2)}:${fakeToken(HEX, 32)}`,
    ],
    skips: [`1/${fakeToken(DIGITS, 20)}:x`],
  },
  "linear-key": {
    finds: [
      `lin_api_${fakeToken(ALNUM, 32)}`,
      `lin_oauth_${fakeToken(ALNUM, 32)}`,
      `lin_wh_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`lin_api_${fakeToken(ALNUM, 16)}`, "lin_api_"],
  },
  "atlassian-token": {
    finds: [`ATATT3${fakeToken(BASE64URL, 100)}`],
    skips: [`ATATT3${fakeToken(BASE64URL, 50)}`, "ATATT3"],
  },
  "atlassian-token-plain": {
    finds: [
      [`atlassian_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)],
      [`ATLASSIAN_KEY: ${fakeToken(ALNUM, 24)}`, fakeToken(ALNUM, 24)],
    ],
    skips: [`atlassian_key = "${fakeToken(ALNUM, 12)}"`, "atlassian_key = process.env.KEY"],
  },
  "trello-token": {
    finds: [`ATTA${fakeToken(ALNUM, 64)}`],
    skips: [`ATTA${fakeToken(ALNUM, 32)}`, "ATTA"],
  },
  "figma-token": {
    finds: [
      `figd_${fakeToken(BASE64URL, 38)}`,
      `figu_${fakeToken(BASE64URL, 38)}`,
      `figdr_${fakeToken(BASE64URL, 38)}`,
      `figor_${fakeToken(BASE64URL, 38)}`,
      `figuh_${fakeToken(BASE64URL, 38)}`,
      `figoh_${fakeToken(BASE64URL, 38)}`,
    ],
    skips: [`figd_${fakeToken(BASE64URL, 19)}`, "figd_"],
  },
  "clickup-token": {
    finds: [`pk_1234567_${fakeToken(UPPER_ALNUM, 32)}`, `pk_12345678_${fakeToken(LOWER_ALNUM, 32)}`],
    skips: ["pk_1234567_abc"],
  },
  "asana-secret": {
    finds: [[`asana_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`asana_key = "${fakeToken(ALNUM, 15)}"`, "asana_key = process.env.KEY"],
  },
  "linear-client-secret": {
    finds: [[`linear_client_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`linear_client_key = "${fakeToken(HEX, 15)}"`, "linear_client_key = process.env.KEY"],
  },
  "jira-data-center-token": {
    finds: [
      [`jira_key = "MD${fakeToken(BASE64, 42)}"`, `MD${fakeToken(BASE64, 42)}`],
      [`CONFLUENCE: MT${fakeToken(BASE64, 42)}`, `MT${fakeToken(BASE64, 42)}`],
      [`jira_key = "MQ${fakeToken(BASE64, 42)}"`, `MQ${fakeToken(BASE64, 42)}`],
      [`CONFLUENCE: Mz${fakeToken(BASE64, 42)}`, `Mz${fakeToken(BASE64, 42)}`],
      [`jira_key = "Nj${fakeToken(BASE64, 42)}"`, `Nj${fakeToken(BASE64, 42)}`],
      [`CONFLUENCE: Nz${fakeToken(BASE64, 42)}`, `Nz${fakeToken(BASE64, 42)}`],
      [`jira_key = "OD${fakeToken(BASE64, 42)}"`, `OD${fakeToken(BASE64, 42)}`],
      [`CONFLUENCE: OT${fakeToken(BASE64, 42)}`, `OT${fakeToken(BASE64, 42)}`],
      [`jira_key = "ND${fakeToken(BASE64, 42)}"`, `ND${fakeToken(BASE64, 42)}`],
      [`CONFLUENCE: NT${fakeToken(BASE64, 42)}`, `NT${fakeToken(BASE64, 42)}`],
      [`jira_key = "Mj${fakeToken(BASE64, 42)}"`, `Mj${fakeToken(BASE64, 42)}`],
    ],
    skips: [`jira_key = "MD${fakeToken(BASE64, 20)}"`, "jira_key = process.env.KEY"],
  },
  "trello-key": {
    finds: [
      [`trello_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`TRELLO_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`trello_key = "${fakeToken(HEX, 31)}"`, "trello_key = process.env.KEY"],
  },
  "todoist-token": {
    finds: [[`todoist_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`todoist_key = "${fakeToken(HEX, 19)}"`, "todoist_key = process.env.KEY"],
  },
  "clockify-key": {
    finds: [[`clockify_key = "${fakeToken(ALNUM, 48)}"`, fakeToken(ALNUM, 48)]],
    skips: [`clockify_key = "${fakeToken(ALNUM, 23)}"`, "clockify_key = process.env.KEY"],
  },
  "shortcut-token": {
    finds: [[`shortcut_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`shortcut_key = "${fakeToken(HEX, 8)}"`, "shortcut_key = process.env.KEY"],
  },
  "miro-token": {
    finds: [
      [`miro_access_key = "${fakeToken(BASE64URL, 27)}"`, fakeToken(BASE64URL, 27)],
      [`MIRO_TOKEN: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`miro_access_key = "${fakeToken(BASE64URL, 12)}"`, "miro_access_key = process.env.KEY"],
  },
  "everhour-key": {
    finds: [
      [
        `everhour_key = "${fakeToken(HEX, 4)}-${fakeToken(HEX, 4, 2)}-${fakeToken(HEX, 6)}-${fakeToken(HEX, 6, 2)}-${fakeToken(HEX, 8)}"`,
        `${fakeToken(HEX, 4)}-${fakeToken(HEX, 4, 2)}-${fakeToken(HEX, 6)}-${fakeToken(HEX, 6, 2)}-${fakeToken(HEX, 8)}`,
      ],
    ],
    skips: [`everhour_key = "${fakeToken(HEX, 1)}"`, "everhour_key = process.env.KEY"],
  },
  "plane-key": {
    finds: [`plane_api_${fakeToken(HEX, 32)}`],
    skips: [`plane_api_${fakeToken(HEX, 15)}`],
  },
  "figma-token-legacy": {
    finds: [
      [`X-Figma-Token: ${fakeToken(DIGITS, 5)}-${fakeUuid()}`, `${fakeToken(DIGITS, 5)}-${fakeUuid()}`],
    ],
    skips: [`X-Figma-Token: ${fakeToken(DIGITS, 5)}`],
  },
  "prodpad-key": {
    finds: [[`prodpad_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`prodpad_key = "${fakeToken(HEX, 31)}"`, "prodpad_key = process.env.KEY"],
  },
  "atera-key": {
    finds: [[`atera_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`atera_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "atera_key = process.env.KEY"],
  },
  "bugherd-key": {
    finds: [
      [`bugherd_key = "${fakeToken(LOWER_ALNUM, 22)}"`, fakeToken(LOWER_ALNUM, 22)],
      [`BUGHERD_KEY: ${fakeToken(LOWER_ALNUM, 20)}`, fakeToken(LOWER_ALNUM, 20)],
    ],
    skips: [`bugherd_key = "${fakeToken(LOWER_ALNUM, 10)}"`, "bugherd_key = process.env.KEY"],
  },
  "budibase-key": {
    finds: [
      [
        `budibase_key = "${fakeToken(HEX, 32)}-${fakeToken(HEX, 78)}"`,
        `${fakeToken(HEX, 32)}-${fakeToken(HEX, 78)}`,
      ],
    ],
    skips: [`budibase_key = "${fakeToken(HEX, 15)}"`, "budibase_key = process.env.KEY"],
  },
  "harvest-token": {
    finds: [`1234567.pt.${fakeToken(BASE64URL, 84)}`],
    skips: [`1234567.pt.${fakeToken(BASE64URL, 20)}`, "www.example.pt.html"],
  },
  "wrike-token": {
    finds: [
      [
        `wrike_token = "eyJ0dCI6InAi${fakeToken(BASE64URL, 60)}.${fakeToken(BASE64URL, 120)}.${fakeToken(BASE64URL, 43)}"`,
        `eyJ0dCI6InAi${fakeToken(BASE64URL, 60)}.${fakeToken(BASE64URL, 120)}.${fakeToken(BASE64URL, 43)}`,
      ],
    ],
    skips: [`wrike_token = "eyJ0dCI6InAi${fakeToken(BASE64URL, 60)}"`],
  },
  "kanboard-token": {
    finds: [[`kanboard_key = "${fakeToken(HEX, 60)}"`, fakeToken(HEX, 60)]],
    skips: [`kanboard_key = "${fakeToken(HEX, 29)}"`, "kanboard_key = process.env.KEY"],
  },
  "miro-oauth-token": prefixed("eyJtaXJv", `${fakeToken(ALNUM, 30)}_${fakeToken(BASE64URL, 27)}`),
  "workato-token": prefixed(
    "wrkaus-eyJ",
    `${fakeToken(ALNUM, 33)}.${fakeToken(BASE64URL, 100)}.${fakeToken(BASE64URL, 342)}`,
    40,
  ),
})
