import { marketDataRules } from "../../../../src/secrets/rules/market-data.ts"
import { ALNUM, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(marketDataRules, {
  "polygon-io-key": {
    finds: [[`polygon_api_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`polygon_api_key = "${fakeToken(ALNUM, 15)}"`, "polygon_api_key = process.env.KEY"],
  },
  "finnhub-token": {
    finds: [
      [`finnhub_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)],
      [`FINNHUB_KEY: ${fakeToken(ALNUM, 20)}`, fakeToken(ALNUM, 20)],
    ],
    skips: [`finnhub_key = "${fakeToken(ALNUM, 19)}"`, "finnhub_key = process.env.KEY"],
  },
  "tiingo-token": {
    finds: [[`tiingo_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`tiingo_key = "${fakeToken(HEX, 19)}"`, "tiingo_key = process.env.KEY"],
  },
  "databento-key": {
    finds: [`db-${fakeToken(ALNUM, 29)}`],
    skips: [`db-${fakeToken(ALNUM, 13)}`, "db-connection-pool-of-the-service"],
  },
  "oanda-token": {
    finds: [
      [
        `oanda_key = "${fakeToken(HEX, 32)}-${fakeToken(HEX, 32, 2)}"`,
        `${fakeToken(HEX, 32)}-${fakeToken(HEX, 32, 2)}`,
      ],
      [`OANDA_KEY: ${fakeToken(ALNUM, 24)}`, fakeToken(ALNUM, 24)],
    ],
    skips: [`oanda_key = "${fakeToken(HEX, 15)}"`, "oanda_key = process.env.KEY"],
  },
  "fastforex-key": {
    finds: [
      [
        `fastforex_key = "${fakeToken(LOWER_ALNUM, 10)}-${fakeToken(LOWER_ALNUM, 10, 2)}-${fakeToken(LOWER_ALNUM, 6)}"`,
        `${fakeToken(LOWER_ALNUM, 10)}-${fakeToken(LOWER_ALNUM, 10, 2)}-${fakeToken(LOWER_ALNUM, 6)}`,
      ],
      [`FASTFOREX_KEY: ${fakeToken(LOWER_ALNUM, 28)}`, fakeToken(LOWER_ALNUM, 28)],
    ],
    skips: [`fastforex_key = "${fakeToken(LOWER_ALNUM, 4)}"`, "fastforex_key = process.env.KEY"],
  },
  "intrinio-key": {
    finds: [[`intrinio_key = "${fakeToken(ALNUM, 44)}"`, fakeToken(ALNUM, 44)]],
    skips: [`intrinio_key = "${fakeToken(ALNUM, 21)}"`, "intrinio_key = process.env.KEY"],
  },
  "exchangerate-host-key": {
    finds: [
      [`currencyapi_key = "cur_live_${fakeToken(ALNUM, 40)}"`, `cur_live_${fakeToken(ALNUM, 40)}`],
      [`FREECURRENCYAPI: fca_live_${fakeToken(ALNUM, 40)}`, `fca_live_${fakeToken(ALNUM, 40)}`],
    ],
    skips: [`currencyapi_key = "cur_live_${fakeToken(ALNUM, 19)}"`, "currencyapi_key = process.env.KEY"],
  },
})
