import { publicDataRules } from "../../../../src/secrets/rules/public-data.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(publicDataRules, {
  "rapidapi-key": {
    finds: [
      `${fakeToken(LOWER_ALNUM, 10)}msh${fakeToken(LOWER_ALNUM, 15)}p1${fakeToken(LOWER_ALNUM, 6)}jsn${fakeToken(LOWER_ALNUM, 12)}`,
    ],
    skips: [`${fakeToken(LOWER_ALNUM, 10)}msh${fakeToken(LOWER_ALNUM, 15)}`],
  },
  "abstractapi-key": {
    finds: [[`abstractapi_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`abstractapi_key = "${fakeToken(HEX, 15)}"`, "abstractapi_key = process.env.KEY"],
  },
  "apilayer-key": {
    finds: [[`apilayer_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`apilayer_key = "${fakeToken(ALNUM, 15)}"`, "apilayer_key = process.env.KEY"],
  },
  "nasa-key": {
    finds: [[`nasa_api_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)]],
    skips: [`nasa_api_key = "${fakeToken(ALNUM, 19)}"`, "nasa_api_key = process.env.KEY"],
  },
  "datagov-key": {
    finds: [[`data.gov_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)]],
    skips: [`data.gov_key = "${fakeToken(ALNUM, 19)}"`, "data.gov_key = process.env.KEY"],
  },
  "fred-key": {
    finds: [[`fred_api_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`fred_api_key = "${fakeToken(HEX, 15)}"`, "fred_api_key = process.env.KEY"],
  },
  "wolframalpha-appid": {
    finds: [
      [
        `wolfram_key = "${fakeToken(UPPER_ALNUM, 6)}-${fakeToken(UPPER_ALNUM, 10)}"`,
        `${fakeToken(UPPER_ALNUM, 6)}-${fakeToken(UPPER_ALNUM, 10)}`,
      ],
    ],
    skips: [`wolfram_key = "${fakeToken(UPPER_ALNUM, 2)}"`, "wolfram_key = process.env.KEY"],
  },
  "newsapi-key": {
    finds: [[`newsapi_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`newsapi_key = "${fakeToken(HEX, 15)}"`, "newsapi_key = process.env.KEY"],
  },
  "nytimes-key": {
    finds: [[`nytimes_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)]],
    skips: [`nytimes_key = "${fakeToken(BASE64URL, 15)}"`, "nytimes_key = process.env.KEY"],
  },
  "guardian-key": {
    finds: [[`guardian_api_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`guardian_api_key = "${fakeToken(HEX, 8)}"`, "guardian_api_key = process.env.KEY"],
  },
  "tmdb-key": {
    finds: [[`tmdb_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`tmdb_key = "${fakeToken(HEX, 15)}"`, "tmdb_key = process.env.KEY"],
  },
  "rawg-key": {
    finds: [[`rawg_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`rawg_key = "${fakeToken(HEX, 15)}"`, "rawg_key = process.env.KEY"],
  },
  "yelp-key": {
    finds: [[`yelp_key = "${fakeToken(BASE64URL, 128)}"`, fakeToken(BASE64URL, 128)]],
    skips: [`yelp_key = "${fakeToken(BASE64URL, 63)}"`, "yelp_key = process.env.KEY"],
  },
  "ticketmaster-key": {
    finds: [[`ticketmaster_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`ticketmaster_key = "${fakeToken(ALNUM, 15)}"`, "ticketmaster_key = process.env.KEY"],
  },
  "eventbrite-token": {
    finds: [[`eventbrite_key = "${fakeToken(UPPER_ALNUM, 20)}"`, fakeToken(UPPER_ALNUM, 20)]],
    skips: [`eventbrite_key = "${fakeToken(UPPER_ALNUM, 9)}"`, "eventbrite_key = process.env.KEY"],
  },
  "spoonacular-key": {
    finds: [[`spoonacular_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`spoonacular_key = "${fakeToken(HEX, 15)}"`, "spoonacular_key = process.env.KEY"],
  },
  "api-ninjas-key": {
    finds: [
      [`calorieninja_key = "${fakeToken(BASE64, 40)}"`, fakeToken(BASE64, 40)],
      [`API_NINJAS_KEY: ${fakeToken(BASE64, 38)}==`, `${fakeToken(BASE64, 38)}==`],
    ],
    skips: [`calorieninja_key = "${fakeToken(BASE64, 19)}"`, "calorieninja_key = process.env.KEY"],
  },
  "calendarific-key": {
    finds: [[`calendarific_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`calendarific_key = "${fakeToken(ALNUM, 15)}"`, "calendarific_key = process.env.KEY"],
  },
  "carboninterface-key": {
    finds: [[`carboninterface_key = "${fakeToken(ALNUM, 21)}"`, fakeToken(ALNUM, 21)]],
    skips: [`carboninterface_key = "${fakeToken(ALNUM, 9)}"`, "carboninterface_key = process.env.KEY"],
  },
  "theoddsapi-key": {
    finds: [[`theoddsapi_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`theoddsapi_key = "${fakeToken(HEX, 15)}"`, "theoddsapi_key = process.env.KEY"],
  },
  "rapidapi-key-named": {
    finds: [[`rapidapi_key = "${fakeToken(BASE64URL, 50)}"`, fakeToken(BASE64URL, 50)]],
    skips: [`rapidapi_key = "${fakeToken(BASE64URL, 24)}"`, "rapidapi_key = process.env.KEY"],
  },
})
