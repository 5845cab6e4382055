import { marketDataRules } from "../../../../src/secrets/rules/market-data.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(marketDataRules, {
  "alpaca-key": {
    finds: [
      [`alpaca_key = "PK${fakeToken(UPPER_ALNUM, 18)}"`, `PK${fakeToken(UPPER_ALNUM, 18)}`],
      [`APCA-API: AK${fakeToken(UPPER_ALNUM, 18)}`, `AK${fakeToken(UPPER_ALNUM, 18)}`],
      [`apca_api_key = "CK${fakeToken(UPPER_ALNUM, 18)}"`, `CK${fakeToken(UPPER_ALNUM, 18)}`],
      [`ALPACA_KEY: ${fakeToken(ALNUM, 40)}`, fakeToken(ALNUM, 40)],
    ],
    skips: [`alpaca_key = "PK${fakeToken(UPPER_ALNUM, 8)}"`, "alpaca_key = process.env.KEY"],
  },
  "polygon-io-key": {
    finds: [[`polygon_api_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`polygon_api_key = "${fakeToken(ALNUM, 15)}"`, "polygon_api_key = process.env.KEY"],
  },
  "alphavantage-key": {
    finds: [[`alphavantage_key = "${fakeToken(UPPER_ALNUM, 16)}"`, fakeToken(UPPER_ALNUM, 16)]],
    skips: [`alphavantage_key = "${fakeToken(UPPER_ALNUM, 7)}"`, "alphavantage_key = process.env.KEY"],
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
  "twelvedata-key": {
    finds: [[`twelvedata_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`twelvedata_key = "${fakeToken(HEX, 15)}"`, "twelvedata_key = process.env.KEY"],
  },
  "fmp-key": {
    finds: [[`financialmodelingprep_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [
      `financialmodelingprep_key = "${fakeToken(ALNUM, 15)}"`,
      "financialmodelingprep_key = process.env.KEY",
    ],
  },
  "quandl-key": {
    finds: [[`quandl_key = "${fakeToken(BASE64URL, 20)}"`, fakeToken(BASE64URL, 20)]],
    skips: [`quandl_key = "${fakeToken(BASE64URL, 9)}"`, "quandl_key = process.env.KEY"],
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
  "tradier-token": {
    finds: [[`tradier_key = "${fakeToken(ALNUM, 28)}"`, fakeToken(ALNUM, 28)]],
    skips: [`tradier_key = "${fakeToken(ALNUM, 13)}"`, "tradier_key = process.env.KEY"],
  },
  "openexchangerates-key": {
    finds: [[`openexchangerates_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`openexchangerates_key = "${fakeToken(HEX, 15)}"`, "openexchangerates_key = process.env.KEY"],
  },
  "exchangerate-api-key": {
    finds: [
      [`exchangerate_key = "${fakeToken(HEX, 24)}"`, fakeToken(HEX, 24)],
      [`EXCHANGERATE_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`exchangerate_key = "${fakeToken(HEX, 11)}"`, "exchangerate_key = process.env.KEY"],
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
      [`currencyapi_key = "${fakeUuid()}"`, fakeUuid()],
    ],
    skips: [`currencyapi_key = "cur_live_${fakeToken(ALNUM, 19)}"`, "currencyapi_key = process.env.KEY"],
  },
})
